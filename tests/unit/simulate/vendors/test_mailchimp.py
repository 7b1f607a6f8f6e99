import hashlib
import json

import pytest

from tessera.simulate.vendors import mailchimp
from tessera.simulate.vendors.vendor_shop import VendorShop
from tests.unit.simulate.vendors.mailings import exported, mailed

ANNA = ("003A", "email", "{}", "Anna@x.example", None, "news_2024_03")
BERND = ("003B", "email", "{}", "Anna@x.example", None, "news_2024_03")


def of(person, event):
    return tuple(event if value == "{}" else value for value in person)


@pytest.fixture(scope="module")
def tables():
    events = [of(ANNA, "sent"), of(ANNA, "delivered"), of(BERND, "sent"), of(BERND, "bounced")]
    events += [of(ANNA, "opened"), of(ANNA, "complained"), of(ANNA, "unsubscribed")]
    return exported(mailchimp, mailed(*events))


def test_a_member_is_the_hash_of_the_address_in_small_letters(tables):
    expected = hashlib.md5(b"anna@x.example").hexdigest()  # noqa: S324
    assert {row["id"] for row in tables["members"]} == {expected}
    assert {row["email_id"] for row in tables["sent_to"]} == {expected}


def test_two_people_of_one_mailbox_are_members_of_two_audiences(tables):
    whose = {row["list_id"]: json.loads(row["merge_fields"])["CRMID"] for row in tables["members"]}
    assert sorted(whose.values()) == ["003A", "003B"]
    (bounced,) = [row for row in tables["sent_to"] if row["status"] == "hard"]
    assert whose[bounced["list_id"]] == "003B"


def test_each_audience_has_its_own_campaign_of_one_name(tables):
    named = [json.loads(row["tracking"])["google_analytics"] for row in tables["campaigns"]]
    assert named == ["news_2024_03", "news_2024_03"]
    assert len({row["id"] for row in tables["campaigns"]}) == 2


def test_sends_have_the_members_own_time_and_what_arrived_has_a_status_only(tables):
    sent = [(row["action"], row["timestamp"]) for row in tables["member_activity"]]
    assert sent == [("sent", "2024-03-01T09:00:00+00:00"), ("sent", "2024-03-01T09:02:00+00:00")]
    assert [row["status"] for row in tables["sent_to"]] == ["sent", "hard"]
    assert "timestamp" not in tables["sent_to"][0]


def test_reactions_farewells_and_complaints_have_a_table_each(tables):
    assert [row["action"] for row in tables["email_activity"]] == ["bounce", "open"]
    assert [row["timestamp"][11:16] for row in tables["unsubscribes"]] == ["09:06"]
    assert [row["date"][11:16] for row in tables["abuse_reports"]] == ["09:05"]
    assert tables["abuse_reports"][0][mailchimp.LOADED] == "2024-03-01T09:05:05+00:00"


def test_the_shop_as_a_whole_has_no_tables():
    assert list(mailchimp.exports(VendorShop(None, {}, 7))) == []


def test_equal_messages_give_equal_tables_in_any_order(tables):
    events = [of(BERND, "sent"), of(ANNA, "sent")]
    turned = exported(mailchimp, mailed(*events))
    assert turned["members"][0]["list_id"] == tables["members"][0]["list_id"]
