"""What the rules say of queries, beside the leaks of the zoo."""

import duckdb
import pytest

from tessera.leaks.functions import CHANCE, CLOCKS

HARMLESS = {
    # not about time or chance: about the session, which is the same for all rows and builds
    *("current_connection_id", "current_database", "current_query", "current_query_id"),
    *("current_schema", "current_schemas", "current_transaction_id", "error", "in_search_path"),
    *("sleep_ms", "stats", "write_log"),
}
ONE_EACH = "select customer_snapshot_id, {} from features.snapshots_due as snapshots"
KNOWN_ORDERS = """
    select snapshots.customer_snapshot_id, count(orders.order_id) as {}
    from features.snapshots_due as snapshots
    left join core.order_versions as orders
        on snapshots.customer_id = orders.customer_id
        and orders.known_at < snapshots.snapshot_at
        and snapshots.snapshot_at <= orders.superseded_at
    group by snapshots.customer_snapshot_id
"""


def test_every_function_that_duckdb_calls_unsteady_is_known():
    unsteady = duckdb.sql(
        "select distinct function_name from duckdb_functions() "
        "where stability in ('VOLATILE', 'CONSISTENT_WITHIN_QUERY')"
    ).fetchall()
    assert {name for (name,) in unsteady} - HARMLESS <= CLOCKS | CHANCE


@pytest.mark.parametrize(
    "clock",
    ["now()", "today()", "current_timestamp", "localtime", "get_current_timestamp()"],
)
def test_every_spelling_of_a_clock_is_read(shop_with, clock):
    query = ONE_EACH.format(f"{clock} as calendar_now")
    (found,) = shop_with("features_clock", query).broken()
    assert (found.rule, found.feature_name) == ("clock", "calendar_now")
    assert "snapshots.snapshot_at" in found.detail


def test_an_age_needs_a_second_time(shop_with):
    steady = "age(snapshot_at, timestamp '2024-01-01') as calendar_age"
    assert shop_with("features_age", ONE_EACH.format(steady)).broken() == []
    unsteady = "age(snapshot_at) as calendar_age"
    (found,) = shop_with("features_age", ONE_EACH.format(unsteady)).broken()
    assert found.rule == "clock"


def test_only_the_features_that_a_leak_reaches_are_named(shop_with):
    query = ONE_EACH.format("now() as calendar_now, 1 as calendar_one, today() as calendar_day")
    found = shop_with("features_clock", query).broken()
    assert {each.feature_name for each in found} == {"calendar_now", "calendar_day"}


def test_a_leak_in_a_model_between_names_the_features_made_of_it(shop_with):
    periods = """
        select customer_id, count(*) as orders, max(amount) as amount from core.order_versions
        group by customer_id
    """
    family = """
        select snapshots.customer_snapshot_id, sums.orders as orders_count_lifetime,
            sums.amount as orders_amount_max_lifetime, 1 as calendar_one
        from features.snapshots_due as snapshots
        left join features.order_sums as sums on snapshots.customer_id = sums.customer_id
    """
    found = shop_with("features_sums", family, order_sums=periods).broken()
    assert {each.subject_name for each in found} == {"order_sums"}
    assert {each.feature_name for each in found} == {None}
    assert all(
        each.detail.endswith("It decides orders_count_lifetime, orders_amount_max_lifetime.")
        for each in found
    )


def test_a_leak_in_a_file_of_ones_own_bears_the_name_of_the_file(shop_with):
    query = f"""
        with snapshots as (select * from features.snapshots_due),
        features_big as (
            select * from (with known as ({KNOWN_ORDERS.format("orders_big_count_lifetime")})
            select * from known) as written_by_hand
        ),
        features_late as (
            select * from (select customer_snapshot_id, now() as calendar_now from snapshots) as x
        ),
        features as (
            select snapshots.customer_snapshot_id, features_big.orders_big_count_lifetime,
                features_late.calendar_now
            from snapshots
            left join features_big
                on snapshots.customer_snapshot_id = features_big.customer_snapshot_id
            left join features_late
                on snapshots.customer_snapshot_id = features_late.customer_snapshot_id
        )
        select * from features
    """
    (found,) = shop_with("features_own", query).broken()
    assert (found.subject_name, found.feature_name) == ("features_late", "calendar_now")


def test_facts_in_periods_need_a_bound(shop_with):
    periods = """
        select
            orders.customer_id, coalesce(known_days.period, 0) as known_period, count(*) as orders
        from core.web_events as orders
        left join features.period_days as known_days
            on cast(orders.known_at as date) = known_days.day
            and orders.known_at >= known_days.starts_at and orders.known_at < known_days.ends_at
        {}
        group by orders.customer_id, known_days.period
    """
    family = """
        select snapshots.customer_snapshot_id, sum(periods.orders) as web_events_count_lifetime
        from features.snapshots_due as snapshots
        inner join features.snapshot_periods as snapshot_periods
            on snapshots.snapshot_at = snapshot_periods.snapshot_at
            and snapshot_periods.period = 0
        left join features.event_periods as periods
            on snapshots.customer_id = periods.customer_id
            and periods.known_period < snapshot_periods.snapshot_period
        group by snapshots.customer_snapshot_id
    """
    bound = "where orders.known_at < (select max(snapshot_at) from features.snapshots_due)"
    made_false = f"where coalesce({bound.removeprefix('where ')}, false)"
    for condition in (bound, made_false):
        kept = shop_with("features_events", family, event_periods=periods.format(condition))
        assert kept.broken() == []
    for condition in ("", made_false.replace("false", "true")):
        shop = shop_with("features_events", family, event_periods=periods.format(condition))
        (found,) = shop.broken()
        assert found.rule == "period_without_bound"
        assert found.feature_name == "web_events_count_lifetime"


def test_a_family_may_not_hand_pending_facts_to_the_mart(shop_with):
    query = """
        select snapshots.customer_snapshot_id, events.event_id as web_events_first, events.known_at
        from features.snapshots_due as snapshots
        left join core.web_events as events on snapshots.customer_id = events.customer_id
    """
    assert "fact_without_its_time" in {
        each.rule for each in shop_with("features_raw", query).broken()
    }


def test_a_query_that_cannot_be_read_is_a_finding(shop_with):
    shop = shop_with("features_odd", ONE_EACH.format("1 as calendar_one"))
    shop.queries["features_odd"] = "select from where"
    (found,) = shop.broken()
    assert (found.rule, found.subject_name) == ("unreadable_query", "features_odd")


def test_a_column_that_is_not_there_is_a_finding(shop_with):
    shop = shop_with("features_odd", ONE_EACH.format("1 as calendar_one"))
    for column in ("snapshots.snapshot_on", "snapshot_on"):
        shop.queries["features_odd"] = ONE_EACH.format(f"{column} as calendar_one")
        (found,) = shop.broken()
        assert (found.rule, found.subject_name) == ("unknown_column", "features_odd")
        assert "snapshot_on" in found.detail


def test_a_current_table_is_refused_with_the_name_of_its_versions(shop_with):
    query = """
        select snapshots.customer_snapshot_id, orders.amount as orders_amount_max_lifetime
        from features.snapshots_due as snapshots
        left join core.orders as orders on snapshots.customer_id = orders.customer_id
    """
    (found,) = shop_with("features_orders", query).broken()
    assert "read core.order_versions" in found.detail
