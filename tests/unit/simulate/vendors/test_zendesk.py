from datetime import UTC, datetime

import pyarrow as pa
import pytest

from tessera.simulate.vendors import zendesk
from tessera.simulate.vendors.vendor_shop import VendorShop

time = datetime.fromisoformat

OPENED = {
    "ticket_id": "42",
    "created_at": time("2024-03-01 09:00"),
    "email": "a@x.example",
    "phone": None,
    "channel": "form",
    "priority": "high",
    "subject": "Late",
    "body": "Where is it?\nTom & Ann",
    "status": "open",
    "resolved_at": None,
    "satisfaction_score": None,
    "handling_minutes": None,
    "recorded_at": time("2024-03-01 09:00"),
}
SOLVED = OPENED | {
    "status": "solved",
    "resolved_at": time("2024-03-02 09:00"),
    "satisfaction_score": 4.0,
    "handling_minutes": 8.5,
    "recorded_at": time("2024-03-02 09:00"),
}
CALL = OPENED | {"ticket_id": "7", "email": None, "phone": "+49 731 5550100", "channel": "phone"}


def exported(*rows):
    feeds = {
        "tickets": pa.Table.from_pylist(
            list(rows), schema=pa.Table.from_pylist([SOLVED, CALL]).schema
        )
    }
    found = dict(zendesk.exports(VendorShop(0, feeds, 7)))
    return {name: table.to_pylist() for name, table in found.items()}


@pytest.fixture(scope="module")
def tables():
    return exported(SOLVED, CALL, OPENED)


def test_a_ticket_has_one_row_as_it_is_now(tables):
    rows = {row["id"]: row for row in tables["tickets"] if row["status"] != "deleted"}
    assert set(rows) == {7, 42}
    assert (rows[42]["status"], rows[42]["custom_handling_minutes"]) == ("solved", 8.5)
    assert rows[42]["updated_at"] == datetime(2024, 3, 2, 9, tzinfo=UTC)


def test_some_tickets_came_twice_and_were_deleted(tables):
    (copy,) = [row for row in tables["tickets"] if row["status"] == "deleted"]
    assert copy["id"] not in {7, 42}


def test_channels_are_nested_and_in_zendesks_words(tables):
    vias = {row["id"]: row["via"] for row in tables["tickets"]}
    assert '"channel": "web"' in vias[42]
    assert '"channel": "voice"' in vias[7]


def test_who_asks_is_a_user_with_an_address_or_a_number(tables):
    users = {row["id"]: (row["email"], row["phone"]) for row in tables["users"]}
    whose = {row["id"]: users[row["requester_id"]] for row in tables["tickets"]}
    assert whose[42] == ("a@x.example", None)
    assert whose[7] == (None, "+49 731 5550100")


def test_what_was_written_is_html_and_what_agents_note_is_not_public(tables):
    (asked,) = [
        row for row in tables["ticket_comments"] if row["public"] and row["ticket_id"] == 42
    ]
    assert asked["html_body"] == (
        '<div class="zd-comment" dir="auto"><p>Where is it?<br>Tom &amp; Ann</p></div>'
    )
    notes = [row for row in tables["ticket_comments"] if not row["public"]]
    assert {row["author_id"] for row in notes} == {zendesk.AGENT}


def test_what_was_set_at_first_and_at_the_end_is_in_the_history(tables):
    mine = [row for row in tables["ticket_field_history"] if row["ticket_id"] == 42]
    assert [(row["field_name"], row["value"], row["updated"].day) for row in mine] == [
        ("subject", "Late", 1),
        ("priority", "high", 1),
        ("status", "open", 1),
        ("status", "solved", 2),
    ]


def test_solved_tickets_are_rated_or_were_asked_for_a_rating(tables):
    assert [(row["ticket_id"], row["score"]) for row in tables["satisfaction_ratings"]] == [
        (42, "4")
    ]
    (unrated,) = exported(SOLVED | {"satisfaction_score": None})["satisfaction_ratings"]
    assert unrated["score"] == "offered"


def test_a_block_without_tickets_has_empty_tables():
    assert set(map(len, exported().values())) == {0}


def test_the_whole_shop_has_an_agent():
    found = dict(zendesk.exports(VendorShop(None, {}, 7)))
    assert found["users"]["role"].to_pylist() == ["agent"]
