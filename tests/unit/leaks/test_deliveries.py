"""Feeds cut at a snapshot: what had been delivered by then is in them, and nothing else."""

from datetime import datetime

import duckdb
import pytest

from tessera.leaks.deliveries import Cut, write_feeds

MARCH = datetime(2024, 3, 1)  # noqa: DTZ001 - as the warehouse has it
BASE = "feed_file varchar, feed_row bigint, rejected_column varchar, rejected_value varchar, "
BASE += "rejected_reason varchar"
TABLES = {
    "orders": "order_id varchar, ordered_at timestamp, recorded_at timestamp",
    "order_lines": "order_id varchar, line_number bigint, recorded_at timestamp",
    "web_events": "event_id varchar, occurred_at timestamp, received_at timestamp, "
    "recorded_at timestamp",
    "contacts": "contact_id varchar, created_at timestamp, updated_at timestamp, "
    "recorded_at timestamp, attr_score varchar",
    "messages": "message_event_id varchar, occurred_at timestamp, recorded_at timestamp",
    "tickets": "ticket_id varchar, created_at timestamp, resolved_at timestamp, status varchar, "
    "satisfaction_score double, handling_minutes double, recorded_at timestamp",
    "feedback": "feedback_id varchar, created_at timestamp, recorded_at timestamp",
    "campaign_assignments": "campaign_id varchar, assigned_at timestamp, recorded_at timestamp",
    "campaign_outcomes": "campaign_id varchar, occurred_at timestamp, recorded_at timestamp",
    "costs": "kind varchar, incurred_at timestamp, recorded_at timestamp",
    "rule_segments": "segment_name varchar, valid_from timestamp, valid_to timestamp, "
    "recorded_at timestamp",
    "products": "product_id varchar, recorded_at timestamp",
    "campaigns": "campaign_id varchar, recorded_at timestamp",
}


@pytest.fixture
def delivered(tmp_path):
    """Deliver rows to one feed beside empty others, cut at MARCH, and read what is left of it."""
    connection = duckdb.connect()
    connection.execute("create schema pii")
    for feed, columns in TABLES.items():
        connection.execute(f"create table pii.base_feeds__{feed} ({BASE}, {columns})")

    def deliver(feed, *rows):
        for place, row in enumerate(rows):
            names = ", ".join(["feed_file", "feed_row", *row])
            marks = ", ".join(["?"] * (len(row) + 2))
            connection.execute(
                f"insert into pii.base_feeds__{feed} ({names}) values ({marks})",
                ["f.csv", place, *row.values()],
            )

    def cut(feed):
        cuts = {each.feed: each for each in write_feeds(connection, MARCH, tmp_path)}
        path = tmp_path / f"{feed}.parquet"
        rows = (
            duckdb.read_parquet(str(path)).to_arrow_table().to_pylist() if path.exists() else None
        )
        return cuts.get(feed), rows

    return deliver, cut


def test_a_row_that_was_known_later_is_deleted(delivered):
    deliver, cut = delivered
    deliver(
        "orders",
        {"order_id": "in time", "ordered_at": "2024-02-29 23:59:59"},
        {"order_id": "at the instant", "ordered_at": "2024-03-01"},
        {"order_id": "late", "ordered_at": "2024-02-10", "recorded_at": "2024-03-05"},
    )
    found, rows = cut("orders")
    assert found == Cut("orders", kept=1, deleted=2, undone=0)
    assert [row["order_id"] for row in rows] == ["in time"]


def test_the_file_has_the_columns_of_the_feed_alone(delivered):
    deliver, cut = delivered
    deliver("contacts", {"contact_id": "c", "attr_score": "3"})
    _, rows = cut("contacts")
    assert list(rows[0]) == ["contact_id", "created_at", "updated_at", "recorded_at", "attr_score"]


def test_a_line_goes_with_its_order(delivered):
    deliver, cut = delivered
    deliver("orders", {"order_id": "a", "ordered_at": "2024-02-01"})
    deliver("orders", {"order_id": "b", "ordered_at": "2024-03-02"})
    deliver("order_lines", {"order_id": "a", "line_number": 1})
    deliver("order_lines", {"order_id": "a", "line_number": 2, "recorded_at": "2024-03-02"})
    deliver("order_lines", {"order_id": "b", "line_number": 1})
    found, rows = cut("order_lines")
    assert (found.kept, found.deleted) == (1, 2)
    assert [(row["order_id"], row["line_number"]) for row in rows] == [("a", 1)]


def test_what_was_written_into_a_ticket_later_is_undone(delivered):
    deliver, cut = delivered
    deliver(
        "tickets",
        {"ticket_id": "a", "created_at": "2024-02-01", "resolved_at": "2024-02-02", "status": "ok"},
        {"ticket_id": "b", "created_at": "2024-02-01", "resolved_at": "2024-03-02", "status": "ok"},
    )
    found, rows = cut("tickets")
    assert (found.kept, found.deleted, found.undone) == (2, 0, 1)
    assert [row["status"] for row in rows] == ["ok", None]


def test_an_event_was_known_when_it_was_received(delivered):
    deliver, cut = delivered
    deliver(
        "web_events", {"event_id": "a", "occurred_at": "2024-03-02", "received_at": "2024-02-9"}
    )
    deliver(
        "web_events", {"event_id": "b", "occurred_at": "2024-02-02", "received_at": "2024-03-1"}
    )
    _, rows = cut("web_events")
    assert [row["event_id"] for row in rows] == ["a"]


def test_names_of_products_have_no_time(delivered):
    deliver, cut = delivered
    deliver("products", {"product_id": "p", "recorded_at": "2024-05-01"})
    found, _ = cut("products")
    assert (found.kept, found.deleted) == (1, 0)


def test_a_row_that_could_not_be_used_is_not_delivered_again(delivered):
    deliver, cut = delivered
    deliver("costs", {"kind": "fine", "incurred_at": "2024-02-01"})
    deliver("costs", {"kind": "odd", "rejected_reason": "is not a number"})
    found, _ = cut("costs")
    assert (found.kept, found.deleted) == (1, 0)


def test_an_absent_feed_stays_absent(delivered):
    _, cut = delivered
    assert cut("feedback") == (None, None)
