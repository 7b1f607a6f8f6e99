import pytest

from tessera import frames
from tessera.features import FEATURE_DEFINITIONS_SCHEMA, define_features
from tessera.features.definitions import FeatureWindowError
from tessera.features.grammar import FeatureNameError

COLUMNS = {
    "core.orders": {"customer_id": "VARCHAR", "amount": "DECIMAL(18,2)", "known_at": "TIMESTAMP"},
    "features.snapshots_due": {
        "customer_snapshot_id": "VARCHAR",
        "customer_id": "VARCHAR",
        "snapshot_at": "TIMESTAMP",
    },
    "features.features_orders": {
        "customer_snapshot_id": "VARCHAR",
        "orders_amount_max_30d": "DECIMAL(18,2)",
    },
    "features.features_own": {"orders_big_count_30d": "BIGINT", "customer_snapshot_id": "VARCHAR"},
    "features.customer_features": {
        "customer_snapshot_id": "VARCHAR",
        "customer_id": "VARCHAR",
        "snapshot_at": "TIMESTAMP",
        "orders_amount_max_30d": "DECIMAL(18,2)",
        "orders_big_count_30d": "BIGINT",
    },
}
BOUND = "and orders.known_at >= snapshots_due.snapshot_at - interval '30' day"
QUERIES = {
    "customer_features": """
    with computed as (
        select
            snapshots_due.customer_snapshot_id,
            features_orders.orders_amount_max_30d,
            features_own.orders_big_count_30d
        from features.snapshots_due
        left join features.features_orders
            on snapshots_due.customer_snapshot_id = features_orders.customer_snapshot_id
        left join features.features_own
            on snapshots_due.customer_snapshot_id = features_own.customer_snapshot_id
    )
    select * from computed union all select * from computed where false
    """,
    "features_orders": f"""
    select snapshots_due.customer_snapshot_id, max(orders.amount) as orders_amount_max_30d
    from features.snapshots_due
    left join core.orders on snapshots_due.customer_id = orders.customer_id {BOUND}
    group by snapshots_due.customer_snapshot_id
    """,
    "features_own": f"""
    with snapshots as (select * from features.snapshots_due),
    features_big_orders as (
        select * from (
            select snapshots_due.customer_snapshot_id, count(*) as orders_big_count_30d
            from features.snapshots_due
            left join core.orders on snapshots_due.customer_id = orders.customer_id {BOUND}
            group by snapshots_due.customer_snapshot_id
        ) as written_by_hand
    ),
    features as (
        select features_big_orders.orders_big_count_30d, snapshots.customer_snapshot_id
        from snapshots
        left join features_big_orders
            on snapshots.customer_snapshot_id = features_big_orders.customer_snapshot_id
    )
    select * from features
    """,
}


def test_each_feature_is_described_with_the_model_or_file_that_makes_it():
    defined = define_features(QUERIES, COLUMNS).set_index("feature_name")
    assert list(defined.index) == ["orders_amount_max_30d", "orders_big_count_30d"]
    assert list(defined["family"]) == ["features_orders", "features_big_orders"]
    assert list(defined["is_own"]) == [False, True]
    assert list(defined["data_type"]) == ["decimal(18,2)", "bigint"]
    assert list(defined["source_columns"]) == [
        "core.orders.amount, core.orders.customer_id, core.orders.known_at",
        "core.orders.customer_id, core.orders.known_at",
    ]


@pytest.mark.parametrize("bound", ["", BOUND.replace("30", "31")])
def test_a_window_that_nothing_bounds_is_refused_by_name(bound):
    forgotten = QUERIES | {"features_own": QUERIES["features_own"].replace(BOUND, bound)}
    said = r"features_big_orders\.sql: orders_big_count_30d is of 30 days, and nothing .* by 30"
    with pytest.raises(FeatureWindowError, match=said):
        define_features(forgotten, COLUMNS)


def test_definitions_have_their_declared_types():
    table = frames.typed(define_features(QUERIES, COLUMNS), FEATURE_DEFINITIONS_SCHEMA)
    assert table.num_rows == 2


def test_a_family_that_is_no_longer_built_makes_no_feature():
    """Its table stands in the file until somebody drops it."""
    queries = QUERIES | {"features_orders_of_old": "select 1 as orders_amount_max_30d"}
    columns = COLUMNS | {"features.features_orders_of_old": {"orders_amount_max_30d": "INTEGER"}}
    defined = define_features(queries, columns)
    assert list(defined["family"]) == ["features_orders", "features_big_orders"]


def test_another_definition_is_another_version():
    queries = QUERIES | {"features_orders": QUERIES["features_orders"].replace("max(", "min(")}
    before, after = (define_features(each, COLUMNS)["version"] for each in (QUERIES, queries))
    assert list(before == after) == [False, True]
    assert before.str.fullmatch("[0-9a-f]{12}").all()


def test_a_name_that_says_nothing_is_refused():
    def misspelt(names):
        return {name.replace("amount_max", "amuont_max"): kind for name, kind in names.items()}

    queries = {name: query.replace("amount_max", "amuont_max") for name, query in QUERIES.items()}
    columns = {relation: misspelt(names) for relation, names in COLUMNS.items()}
    with pytest.raises(FeatureNameError, match=r"features_orders\.sql: unknown word 'amuont'"):
        define_features(queries, columns)
