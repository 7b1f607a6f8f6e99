import pytest

from tessera.features.lineage import Lineage, LineageError

COLUMNS = {
    "core.orders": ["customer_id", "ordered_at", "known_at", "amount", "status"],
    "features.snapshots_due": ["customer_snapshot_id", "customer_id", "snapshot_at"],
    "features.order_periods": ["customer_id", "period", "known_period", "orders", "amount"],
    "features.snapshot_periods": ["snapshot_at", "period", "snapshot_period", "window_days"],
}
PERIODS = """
with orders as (
    select * from "build"."core"."orders"
    where known_at < (select max(snapshot_at) from "build"."features"."snapshots_due")
)
select
    customer_id, 1 as period, 1 as known_period,
    count(*) filter (where status <> 'cancelled') as orders,
    sum(amount) as amount
from orders
group by customer_id
"""
FAMILY = """
-- orders, by window
with snapshots as (select * from "build"."features"."snapshots_due"),
summed as (
    select
        snapshots.customer_snapshot_id,
        sum(order_periods.orders) filter (where snapshot_periods.window_days <= 30) as orders_30d,
        sum(order_periods.amount) filter (where snapshot_periods.window_days <= 30) as amount_30d
    from snapshots
    inner join "build"."features"."snapshot_periods" as snapshot_periods
        on snapshots.snapshot_at = snapshot_periods.snapshot_at
    inner join "build"."features"."order_periods" as order_periods
        on snapshots.customer_id = order_periods.customer_id
        and order_periods.known_period < snapshot_periods.snapshot_period
    group by snapshots.customer_snapshot_id
)
select
    snapshots.customer_snapshot_id,
    coalesce(summed.orders_30d, 0) as orders_count_30d,
    coalesce(summed.amount_30d, 0) as orders_amount_sum_30d
from snapshots
left join summed on snapshots.customer_snapshot_id = summed.customer_snapshot_id
"""
FEATURES = ("orders_count_30d", "orders_amount_sum_30d")


def versions(family=FAMILY, periods=PERIODS):
    lineage = Lineage({"features_orders": family, "order_periods": periods}, COLUMNS)
    return {name: lineage.trace("features_orders", name).version for name in FEATURES}


def changed(**queries):
    before, after = versions(), versions(**queries)
    return {name for name in FEATURES if before[name] != after[name]}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("-- orders, by window\n", ""),
        ("summed", "added_up"),
        ('"build".', '"another"."catalog".'[: len('"another".')]),
        ("coalesce(summed.orders_30d, 0)", "COALESCE(  summed.orders_30d,\n 0 )"),
        ("snapshots.customer_snapshot_id,\n    coalesce", "snapshots.snapshot_at, coalesce"),
        ("as order_periods\n", "as facts\n"),
    ],
    ids=["comment", "cte", "catalog", "layout", "another column", "alias"],
)
def test_what_says_the_same_is_the_same_definition(old, new):
    family = FAMILY.replace(old, new)
    if "as facts" in family:
        family = family.replace("order_periods.", "facts.")
    assert family != FAMILY
    assert changed(family=family) == set()


def test_another_default_changes_its_own_feature_alone():
    family = FAMILY.replace("coalesce(summed.orders_30d, 0)", "coalesce(summed.orders_30d, 1)")
    assert changed(family=family) == {"orders_count_30d"}


def test_a_measure_upstream_changes_the_features_that_read_it():
    periods = PERIODS.replace("<> 'cancelled'", "= 'completed'")
    assert changed(periods=periods) == {"orders_count_30d"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("known_period < snapshot", "known_period <= snapshot"),
        ("left join summed", "inner join summed"),
    ],
)
def test_another_join_changes_every_feature_behind_it(old, new):
    assert changed(family=FAMILY.replace(old, new)) == set(FEATURES)


def test_another_filter_upstream_changes_every_feature_behind_it():
    periods = PERIODS.replace("where known_at <", "where ordered_at <")
    assert changed(periods=periods) == set(FEATURES)


def test_two_joins_of_one_table_are_told_apart():
    query = """
    select {one}.amount as orders_count_30d
    from core.orders as mine inner join core.orders as yours on mine.status = yours.status
    """
    texts = [query.format(one=one) for one in ("mine", "yours")]
    one, other = (
        Lineage({"features_orders": text}, COLUMNS).trace("features_orders", "orders_count_30d")
        for text in texts
    )
    assert one.version != other.version


LIMITED = """
with limits as (select max(snapshot_at) as last_at from features.snapshots_due),
once as (select distinct customer_id, amount from core.orders)
select sum(once.amount) over by_customer as orders_count_30d, count(*) over () as n
from once
where once.amount < (select last_at from limits)
    and exists (select 1 from core.orders as mine where mine.customer_id = once.customer_id)
window by_customer as (partition by once.customer_id)
"""


def version_of(query):
    lineage = Lineage({"features_orders": query}, COLUMNS)
    return lineage.trace("features_orders", "orders_count_30d").version


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("max(snapshot_at)", "min(snapshot_at)"),
        ("exists (select 1 from core.orders", "exists (select 1 from features.order_periods"),
        ("mine.customer_id = once", "mine.status = once"),
        ("distinct customer_id, amount", "distinct customer_id, amount, status"),
        ("distinct customer_id", "customer_id"),
        ("partition by once.customer_id", "partition by once.amount"),
        ("from once\nwhere", "from once tablesample 10%\nwhere"),
    ],
    ids=["cte", "source", "correlation", "more distinct", "not distinct", "window", "sample"],
)
def test_what_a_subquery_or_a_window_reads_is_part_of_the_definition(old, new):
    query = LIMITED.replace(old, new)
    assert query != LIMITED
    assert version_of(query) != version_of(LIMITED)


@pytest.mark.parametrize(("old", "new"), [("limits", "bounds"), ("mine", "theirs")])
def test_what_a_subquery_calls_its_sources_is_no_part_of_the_definition(old, new):
    assert version_of(LIMITED.replace(old, new)) == version_of(LIMITED)


UNION = """
with both as (
    select customer_id, amount from core.orders union all select customer_id, 0 from core.orders
)
select count(amount) as orders_count_30d from both
"""


@pytest.mark.parametrize("kind", ["union", "except all", "intersect all"])
def test_the_kind_of_a_union_is_part_of_the_definition(kind):
    assert version_of(UNION.replace("union all", kind)) != version_of(UNION)


def test_a_column_that_makes_rows_of_a_union_differ_is_part_of_the_definition():
    union = UNION.replace("union all", "union")
    assert version_of(union) != version_of(union.replace("customer_id, 0", "status, 0"))
    assert version_of(UNION) == version_of(UNION.replace("customer_id, 0", "status, 0"))


def test_group_by_all_groups_by_the_other_columns():
    query = "select count(*) as orders_count_30d, customer_id from core.orders group by all"
    assert version_of(query) != version_of(query.replace(", customer_id", ", status"))
    more = query.replace(", customer_id", ", customer_id, max(amount) as largest")
    assert version_of(query) == version_of(more)


OWN = """
with snapshots as (select * from features.snapshots_due),
features_mine as (
    select * from (
        select customer_snapshot_id, max(amount) as orders_amount_max_30d
        from features.snapshots_due inner join core.orders using (customer_id) group by all
    ) as written_by_hand
),
features_yours as (
    select * from (select customer_snapshot_id, 1 as orders_count_30d from features.snapshots_due)
),
features as (
    select features_mine.orders_amount_max_30d, features_yours.orders_count_30d
    from snapshots
    left join features_mine on snapshots.customer_snapshot_id = features_mine.customer_snapshot_id
    left join features_yours on snapshots.customer_snapshot_id = features_yours.customer_snapshot_id
)
select * from features
"""


def test_a_file_of_ones_own_changes_no_feature_of_another():
    without = OWN.replace("features_mine.orders_amount_max_30d, ", "").replace(
        "left join features_mine on snapshots.customer_snapshot_id = "
        "features_mine.customer_snapshot_id",
        "",
    )
    both, alone = (Lineage({"features_own": text}, COLUMNS) for text in (OWN, without))
    assert both.trace_own("orders_count_30d") == alone.trace_own("orders_count_30d")
    assert both.trace_own("orders_count_30d")[0] == "features_yours"
    with pytest.raises(LineageError, match="no file of features_own"):
        alone.trace_own("orders_amount_max_30d")


def test_a_column_that_no_family_makes_is_named():
    lineage = Lineage({"customer_features": "select 1 as orders_count_30d"}, COLUMNS)
    with pytest.raises(LineageError, match=r"no family .* has a column orders_count_30d"):
        lineage.maker("orders_count_30d")


def test_sources_are_the_columns_of_core_that_decide_the_value():
    lineage = Lineage({"features_orders": FAMILY, "order_periods": PERIODS}, COLUMNS)
    traced = lineage.trace("features_orders", "orders_count_30d")
    assert sorted(traced.sources) == [
        "core.orders.customer_id",
        "core.orders.known_at",
        "core.orders.status",
    ]
    assert "order_periods.orders" in traced.sql


def test_a_union_is_traced_by_place():
    query = """
    select amount as orders_amount_max_30d from core.orders
    union all select 0 from core.orders
    """
    lineage = Lineage({"features_orders": query}, COLUMNS)
    assert lineage.trace("features_orders", "orders_amount_max_30d").sources == {
        "core.orders.amount"
    }


@pytest.mark.parametrize(
    ("query", "said"), [("select from where", "cannot be read"), ("select 1 as a", "has no column")]
)
def test_what_cannot_be_traced_is_named(query, said):
    with pytest.raises(LineageError, match=f"features_orders.*{said}"):
        Lineage({"features_orders": query}, COLUMNS).trace("features_orders", "orders_count_30d")
