import json

import pytest

from tessera.simulate.vendors import klaviyo
from tessera.simulate.vendors.division import FOLLOW_UP
from tessera.simulate.vendors.vendor_shop import VendorShop
from tests.unit.simulate.vendors.mailings import exported, mailed


@pytest.fixture(scope="module")
def tables():
    return exported(
        klaviyo,
        mailed(
            ("003A", "email", "sent", "anna@x.example", None, FOLLOW_UP),
            ("003A", "email", "delivered", "anna@x.example", None, FOLLOW_UP),
            ("003B", "sms", "bounced", None, "+49431501", "text_news_2024_03"),
            ("003B", "sms", "unsubscribed", None, "+49431501", "text_news_2024_03"),
        ),
    )


def metric_names():
    ((_, metrics),) = klaviyo.exports(VendorShop(None, {}, 7))
    return {row["id"]: row["name"] for row in metrics.to_pylist()}


def test_events_have_the_metrics_of_their_channel(tables):
    names = metric_names()
    assert [names[row["metric_id"]] for row in tables["events"]] == [
        "Email Sent",
        "Received Email",
        "Failed to Deliver SMS",
        "Unsubscribed from SMS Marketing",
    ]


def test_an_event_says_to_which_address_it_went_and_both_its_times(tables):
    first, _, text, _ = tables["events"]
    assert first["property_recipient_email_address"] == "anna@x.example"
    assert text["property_to_number"] == "+49431501"
    assert (first["datetime"] - first["timestamp"]).total_seconds() == 5


def test_a_flow_follows_orders_and_campaigns_write_texts(tables):
    (flow,), (campaign,) = tables["flows"], tables["campaigns"]
    assert flow["name"] == FOLLOW_UP
    assert json.loads(campaign["attributes"])["name"] == "text_news_2024_03"
    told = [(row["flow_id"], row["campaign_id"]) for row in tables["events"]]
    assert told == [(flow["id"], None)] * 2 + [(None, campaign["id"])] * 2


def test_a_profile_says_whose_contact_record_it_is_and_nothing_else(tables):
    said = {row["id"]: json.loads(row["attributes"]) for row in tables["profiles"]}
    assert sorted(each["external_id"] for each in said.values()) == ["003A", "003B"]
    assert all(list(each) == ["external_id"] for each in said.values())
    assert {row["person_id"] for row in tables["events"]} == set(said)
