import pytest

from tessera import frames
from tessera.features import FEATURE_DEFINITIONS_SCHEMA, define_features
from tessera.features.grammar import FeatureNameError

COLUMNS = {
    "core.orders": {"customer_id": "VARCHAR", "amount": "DECIMAL(18,2)", "known_at": "TIMESTAMP"},
    "features.snapshots_due": {"customer_snapshot_id": "VARCHAR", "customer_id": "VARCHAR"},
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
QUERIES = {
    "features_orders": """
    select snapshots_due.customer_snapshot_id, max(orders.amount) as orders_amount_max_30d
    from features.snapshots_due
    left join core.orders on snapshots_due.customer_id = orders.customer_id
    group by snapshots_due.customer_snapshot_id
    """,
    "features_own": """
    with snapshots as (select * from features.snapshots_due),
    features_big_orders as (
        select * from (
            select snapshots_due.customer_snapshot_id, count(*) as orders_big_count_30d
            from features.snapshots_due
            left join core.orders on snapshots_due.customer_id = orders.customer_id
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
        "core.orders.amount, core.orders.customer_id",
        "core.orders.customer_id",
    ]


def test_definitions_have_their_declared_types():
    table = frames.typed(define_features(QUERIES, COLUMNS), FEATURE_DEFINITIONS_SCHEMA)
    assert table.num_rows == 2


def test_another_definition_is_another_version():
    queries = QUERIES | {"features_orders": QUERIES["features_orders"].replace("max(", "min(")}
    before, after = (define_features(each, COLUMNS)["version"] for each in (QUERIES, queries))
    assert list(before == after) == [False, True]
    assert before.str.fullmatch("[0-9a-f]{12}").all()


def test_a_name_that_says_nothing_is_refused():
    columns = {name: dict(found) for name, found in COLUMNS.items()}
    for relation in ("features.features_orders", "features.customer_features"):
        columns[relation]["orders_amuont_max_30d"] = "DOUBLE"
    with pytest.raises(FeatureNameError, match="amuont"):
        define_features(QUERIES, columns)
