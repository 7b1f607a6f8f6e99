"""Features computed again without the future: what is deleted, and what cannot be said."""

from datetime import datetime

FEBRUARY, APRIL = datetime(2024, 2, 1), datetime(2024, 4, 1)  # noqa: DTZ001 - as the warehouse has it
COUNTED = """
    select snapshots.customer_snapshot_id, count(events.event_id) as web_events_count_lifetime
    from features.snapshots_due as snapshots
    left join core.web_events as events
        on snapshots.customer_id = events.customer_id and events.known_at < snapshots.snapshot_at
    group by snapshots.customer_snapshot_id
"""
EVER = COUNTED.replace("and events.known_at < snapshots.snapshot_at", "")


def test_it_says_what_was_deleted_and_what_was_undone(shop_with):
    again = shop_with("features_events", COUNTED).recomputed()
    assert {each.relation: (each.rows, each.undone) for each in again.deleted} == {
        "core.order_versions": (4, 1),  # Anna's three and Ben's of the very instant; a1 replaced
        "core.tickets": (0, 1),  # t1 is resolved in March
        "core.contacts": (2, 2),
        "core.web_events": (1, 0),
        "identity.customer_identities": (1, 0),
    }


def test_it_says_how_many_customers_moved(shop_with):
    (found,) = shop_with("features_events", EVER).recomputed().findings
    assert (found.customers_checked, found.customers_moved) == (2, 1)
    assert found.subject_name == "features_events"
    assert "1 of 2 customers at 2024-03-01" in found.detail


def test_customers_of_whom_more_came_to_be_known_come_first(shop_with):
    shop = shop_with("features_events", EVER)
    shop.connection.execute("delete from core.order_versions where order_id = 'b3'")
    shop.connection.execute("delete from core.contacts where customer_id = 'ben'")
    (found,) = shop.recomputed(limit=1).findings
    assert (found.customers_checked, found.customers_moved) == (1, 1)


def test_nothing_to_delete_is_said_and_is_no_leak(shop_with):
    (found,) = shop_with("features_events", COUNTED).recomputed(at=APRIL).findings
    assert (found.rule, found.customers_moved) == ("nothing_to_delete", 0)


def test_a_past_that_the_mart_does_not_have_proves_nothing(shop_with):
    long_ago = datetime(2020, 1, 1)  # noqa: DTZ001 - as the warehouse has it
    (found,) = shop_with("features_events", COUNTED).recomputed(at=long_ago).findings
    assert (found.rule, found.customers_checked) == ("nothing_to_delete", 0)


def test_a_feature_that_cannot_be_computed_is_a_finding_without_anybodys_values(shop_with):
    shop = shop_with("features_events", COUNTED)
    shop.queries["features_events"] = (
        "select customer_snapshot_id, cast(customer_id as integer) as crm_number "
        "from features.snapshots_due"
    )
    (found,) = shop.recomputed().findings
    assert (found.rule, found.subject_name) == ("not_recomputed", "features_events")
    assert "anna" not in found.detail


def test_sums_in_another_order_are_the_same_number(shop_with):
    shop = shop_with("features_events", COUNTED)
    shop.connection.execute(
        "alter table features.customer_features alter web_events_count_lifetime type double"
    )
    shop.connection.execute(
        "update features.customer_features set web_events_count_lifetime = "
        "web_events_count_lifetime + 5e-10"
    )
    assert shop.recomputed().findings == ()


def test_a_missing_value_is_not_a_number(shop_with):
    shop = shop_with("features_events", COUNTED)
    shop.connection.execute(
        "update features.customer_features set web_events_count_lifetime = null"
    )
    (found,) = shop.recomputed().findings
    assert found.customers_moved == 2


def test_the_build_is_left_as_it_was(shop_with):
    shop = shop_with("features_events", COUNTED)
    content = (
        "select table_name, estimated_size from duckdb_tables() where not temporary order by 1"
    )
    before = shop.connection.sql(content).fetchall()
    shop.recomputed(at=FEBRUARY)
    assert shop.connection.sql(content).fetchall() == before
