from datetime import date, datetime

import pyarrow as pa
import pytest

from tessera.simulate.vendors import salesforce
from tessera.simulate.vendors.vendor_shop import VendorShop

time = datetime.fromisoformat

ANNA, BERND = "003000000000aBcAAK", "003000000000xyZAAQ"


def version(contact, day, stage="customer", **more):
    at = time(f"2024-01-{day:02d} 09:00")
    return {
        "contact_id": contact,
        "email": "a@x.example",
        "phone": None,
        "first_name": "Anna",
        "last_name": "Berg",
        "street": None,
        "postcode": "89073",
        "city": "Ulm",
        "country": "DE",
        "birth_date": date(1990, 5, 1),
        "gender": "female",
        "lifecycle_stage": stage,
        "created_at": time("2023-12-01 09:00"),
        "updated_at": at,
        "email_consent": True,
        "sms_consent": False,
        "attr_income_band": None,
        "attr_household_size": 2,
        "attr_home_owner": True,
        "attr_interests": "music;travel",
        "attr_loyalty_tier": None,
        "recorded_at": at.replace(minute=30),
    } | more


ASSIGNED = {
    "campaign_id": "70100000000OqLQAAW",
    "contact_id": ANNA,
    "arm": "treated",
    "assigned_at": time("2024-02-01 00:00"),
    "is_control": False,
    "recorded_at": time("2024-02-01 00:00"),
}


@pytest.fixture(scope="module")
def tables():
    contacts = [
        version(ANNA, 1, stage="lead"),
        version(ANNA, 3, stage="lead", city="Bonn"),
        version(ANNA, 5),
        version(BERND, 2, email="old@x.example"),
        version(BERND, 4, email_consent=False),
    ]
    feeds = {
        "contacts": pa.Table.from_pylist(contacts[::-1]),
        "campaign_assignments": pa.Table.from_pylist([ASSIGNED]),
    }
    found = dict(salesforce.exports(VendorShop(0, feeds, 7)))
    return {name: table.to_pylist() for name, table in found.items()}


def changes(rows):
    return [
        (row["Field"], row["OldValue"], row["NewValue"])
        for row in rows
        if row["Field"] != "Synced_At__c"
    ]


def test_a_contact_is_what_its_last_version_says(tables):
    rows = {row["Id"]: row for row in tables["contact"] if not row["IsDeleted"]}
    assert set(rows) == {ANNA, BERND}
    assert rows[BERND]["Email"] == "a@x.example"
    assert rows[BERND]["HasOptedOutOfEmail"] == "true"
    assert rows[BERND]["CreatedDate"] == "2023-12-01T09:00:00.000Z"
    assert rows[BERND]["LastModifiedDate"] == "2024-01-04T09:00:00.000Z"


def test_what_changed_has_a_row_of_history_under_the_short_id(tables):
    mine = [row for row in tables["contact_history"] if row["ContactId"] == BERND[:15]]
    assert changes(mine) == [
        ("created", None, None),
        ("Email", "old@x.example", "a@x.example"),
        ("HasOptedOutOfEmail", "false", "true"),
    ]


def test_each_version_tells_when_it_was_loaded(tables):
    (loaded,) = [
        row
        for row in tables["contact_history"]
        if (row["ContactId"], row["Field"]) == (BERND[:15], "Synced_At__c")
    ]
    assert loaded["OldValue"] == "2024-01-02T09:30:00.000Z"
    assert loaded["CreatedDate"] == "2024-01-04T09:00:00.000Z"


def test_who_was_a_lead_first_was_converted_when_that_ended(tables):
    (lead,) = tables["lead"]
    assert (lead["Id"], lead["ConvertedContactId"]) == ("00Q" + ANNA[3:15], ANNA[:15])
    assert (lead["City"], lead["ConvertedDate"]) == ("Bonn", "2024-01-05")
    assert changes(tables["lead_history"]) == [("created", None, None), ("City", "Ulm", "Bonn")]
    (contact,) = [row for row in tables["contact"] if row["Id"] == ANNA]
    assert contact["CreatedDate"] == "2024-01-05T09:00:00.000Z"


def test_some_contacts_were_made_twice_and_deleted(tables):
    (double,) = [row for row in tables["contact"] if row["IsDeleted"]]
    assert double["Id"] not in {ANNA, BERND}
    assert double["Email"] == "a@x.example"


def test_who_is_left_alone_is_a_member_with_a_flag(tables):
    (member,) = tables["campaign_member"]
    assert (member["ContactId"], member["Arm__c"]) == (ANNA[:15], "treated")
    assert member["Is_Control__c"] is False


def test_the_whole_shop_has_campaigns_and_a_deleted_record_that_tried_every_field():
    campaign = {
        "campaign_id": "70100000000OqLQAAW",
        "name": "Welcome back",
        "channel": "email",
        "objective": "revenue",
        "cost_amount": 2500,
        "started_at": time("2024-05-26 08:00"),
        "ended_at": time("2024-06-09 00:00"),
        "recorded_at": time("2024-05-26 08:00"),
    }
    feeds = {"campaigns": pa.Table.from_pylist([campaign])}
    found = dict(salesforce.exports(VendorShop(None, feeds, 7)))
    (row,) = found["campaign"].to_pylist()
    assert (row["Id"], row["StartDate"]) == ("70100000000OqLQ", "2024-05-26")
    assert row["Starts_At__c"] == "2024-05-26T08:00:00.000Z"
    assert found["contact"]["IsDeleted"].to_pylist() == [True]
    assert {"Email", "Birthdate"} <= set(found["contact_history"]["Field"].to_pylist())
    assert {"Email", "Birth_Date__c"} <= set(found["lead_history"]["Field"].to_pylist())


def test_a_block_without_contacts_has_empty_tables():
    contacts = pa.Table.from_pylist([version(ANNA, 1)]).slice(0, 0)
    assigned = pa.Table.from_pylist([ASSIGNED]).slice(0, 0)
    feeds = {"contacts": contacts, "campaign_assignments": assigned}
    found = salesforce.exports(VendorShop(0, feeds, 7))
    assert {name: len(table) for name, table in found} == dict.fromkeys(
        ["contact", "contact_history", "lead", "lead_history", "campaign_member"], 0
    )
