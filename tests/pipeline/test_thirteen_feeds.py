"""A folder with all thirteen feeds and one of each kind of dirt, small enough to check by hand.

The rows are in data/thirteen_feeds; Ann and Bob have contacts, Carl only a cancelled order.
"""

from pathlib import Path

import pytest

FEEDS = Path(__file__).parent / "data/thirteen_feeds"
NAMED = """
select names.identifier_value as name, facts.*
from {facts} as facts
left join (
    select customer_id, min(identifier_value) as identifier_value
    from pii.customer_identifiers where identifier_type in ('contact_id', 'device_id')
    group by customer_id
) as names on facts.customer_id = names.customer_id
"""


@pytest.fixture(scope="module")
def shop(shop_of, tmp_path_factory):
    shop = shop_of(FEEDS, tmp_path_factory.mktemp("thirteen"))
    outcome = shop.build_unpredicted()
    assert outcome.has_succeeded, [(node.name, node.message) for node in outcome.failures]
    return shop


def named(shop, facts, columns, order):
    return shop.query(f"select {columns} from ({NAMED.format(facts=facts)}) order by {order}")


def test_every_row_of_every_feed_is_accounted_for(shop):
    account = "select feed, rows_in, rows_kept, rows_duplicate, rows_rejected"
    assert shop.query(f"{account} from staging.feed_accounting order by feed") == [
        ("campaign_assignments", 4, 4, 0, 0),
        ("campaign_outcomes", 2, 2, 0, 0),
        ("campaigns", 1, 1, 0, 0),
        ("contacts", 3, 3, 0, 0),
        ("costs", 3, 3, 0, 0),
        ("feedback", 3, 3, 0, 0),
        ("messages", 5, 3, 1, 1),
        ("order_lines", 11, 11, 0, 0),
        ("orders", 11, 8, 1, 2),
        ("products", 2, 2, 0, 0),
        ("rule_segments", 5, 4, 1, 0),
        ("tickets", 3, 2, 1, 0),
        ("web_events", 13, 11, 1, 1),
    ]


def test_only_what_was_recorded_anew_is_no_repetition(shop):
    assert shop.query(
        "select feed, rows_duplicate, rows_repeated from staging.feed_accounting "
        "where rows_duplicate > 0 order by feed"
    ) == [
        ("messages", 1, 0),
        ("orders", 1, 0),
        ("rule_segments", 1, 0),
        ("tickets", 1, 0),
        # received again, but recorded by nobody
        ("web_events", 1, 1),
    ]


def test_what_is_set_aside_says_why(shop):
    rejected = "select feed, feed_row, rejected_column, rejected_reason from staging.rejected_rows"
    assert shop.query(f"{rejected} order by feed, feed_row") == [
        ("messages", 5, "channel", "is none of: email, sms, push"),
        ("orders", 8, "email", "is a test order"),
        (
            "orders",
            9,
            "currency",
            "has no exchange rate on its day: add XAU to seeds/exchange_rates.csv",
        ),
        # beside an event with the same clock that was received, and so has a time
        ("web_events", 13, "occurred_at", "lies after the start of this run"),
    ]


def test_dollars_are_euros_of_their_day_and_euros_stay_to_the_cent(shop):
    # 1.0885 dollars a euro, the last rate before 1 November 2024
    assert shop.query("select reporting_currency from registry.run_context") == [("EUR",)]
    orders = shop.query(
        "select order_id, amount::text, is_purchase, is_refund, is_free from core.orders "
        "order by ordered_at"
    )
    assert orders == [
        ("o1", "100.00", True, False, False),
        ("o2", "50.00", True, False, False),
        ("o3", "100.00", True, False, False),
        ("o4", "-20.00", False, True, False),
        ("o5", "0.00", True, False, True),
        ("o6", "30.00", False, False, False),
        ("o9", "25.00", True, False, False),
        ("o10", "60.00", True, False, False),
    ]


def test_nobody_becomes_a_customer_by_a_test_order_a_cookie_or_a_device_but_by_buying(shop):
    known = shop.query(
        "select distinct identifier_value from pii.customer_identifiers "
        "where identifier_type != 'phone' order by 1"
    )
    names = ["ann", "ann@example.com", "bob", "bob@example.com", "carl"]
    assert [name for (name,) in known] == [*names, "cookie_ann", "cookie_bob", "till_1"]


def test_visits_leave_out_bots_and_late_events_and_end_after_half_an_hour(shop):
    columns = "name, started_at::text, events, searches, is_converted, utm_source"
    assert named(shop, "core.sessions", columns, "started_at") == [
        ("ann", "2025-01-10 10:00:00", 3, 2, False, "google"),
        ("ann", "2025-01-10 10:50:00.000001", 1, 0, True, None),
        ("bob", "2025-01-20 11:00:00", 2, 0, False, None),
        ("bob", "2025-01-20 11:20:00", 1, 0, False, None),
        ("bob", "2025-01-22 08:00:00", 1, 0, False, None),
    ]


def test_no_address_leaves_schema_pii(shop):
    tables = shop.query(
        "select schema_name, table_name from duckdb_tables() "
        "where schema_name not in ('pii', 'seeds')"
    )
    assert {"staging", "core", "gates", "registry", "marts"} <= {schema for schema, _ in tables}
    for schema, table in tables:
        assert "@" not in str(shop.query(f"select * from {schema}.{table}")), table


def test_tickets_feedback_costs_and_segments_reach_their_customer(shop):
    assert shop.query(
        "select ticket_id, known_at::text, outcome_known_at::text, body_length from core.tickets "
        "order by ticket_id"
    ) == [
        ("t1", "2025-01-05 10:00:00", "2025-01-07 11:00:00", 16),
        ("t2", "2025-01-06 10:00:00", "2025-01-06 10:00:00", 0),
    ]
    assert named(shop, "core.feedback", "name, kind, rating, has_text", "feedback_id") == [
        ("ann", "review", 5, True),
        ("bob", "survey", 3, False),
        (None, "social", None, True),
    ]
    assert named(shop, "core.costs", "name, kind, amount::float", "name, kind") == [
        ("ann", "support", 4.5),
        ("ann", "support", 4.5),
        ("bob", "shipping", 3.0),
    ]
    columns = "name, segment_name, valid_from::date::text, valid_to::date::text"
    assert named(shop, "core.rule_segments", columns, "segment_name") == [
        (None, "browser", "2025-01-11", "9999-12-31"),
        ("bob", "new", "2024-11-10", "9999-12-31"),
        ("bob", "slip", "2024-11-10", "2024-11-10"),
        ("ann", "vip", "2024-01-01", "2025-01-01"),
    ]
