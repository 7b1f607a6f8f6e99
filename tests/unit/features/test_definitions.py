import pandas as pd
import pytest

from tessera.features import FEATURE_DEFINITIONS_SCHEMA, define_features
from tessera.features.grammar import FeatureNameError
from tessera.runs import Run

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
FIRST, LATER = pd.Timestamp("2025-01-01"), pd.Timestamp("2025-02-01")


def run(as_of):
    return Run("run", as_of, as_of, "demo", seed=7)


@pytest.fixture
def nothing():
    return FEATURE_DEFINITIONS_SCHEMA.empty_table().to_pandas()


def test_each_feature_is_described_with_the_model_or_file_that_makes_it(nothing):
    defined = define_features(QUERIES, COLUMNS, nothing, run(FIRST)).set_index("feature_name")
    assert list(defined.index) == ["orders_amount_max_30d", "orders_big_count_30d"]
    assert list(defined["family"]) == ["features_orders", "features_big_orders"]
    assert list(defined["is_own"]) == [False, True]
    assert list(defined["data_type"]) == ["decimal(18,2)", "bigint"]
    assert (defined["version_since"] == FIRST).all()


def test_a_version_keeps_its_date_until_the_definition_changes(nothing):
    first = define_features(QUERIES, COLUMNS, nothing, run(FIRST))
    queries = QUERIES | {"features_orders": QUERIES["features_orders"].replace("max(", "min(")}
    second = define_features(queries, COLUMNS, first, run(LATER)).set_index("feature_name")
    assert second.loc["orders_big_count_30d", "version_since"] == FIRST
    assert not second.loc["orders_big_count_30d", "is_changed"]
    moved = second.loc["orders_amount_max_30d"]
    assert moved["is_changed"]
    assert moved["version_since"] == LATER
    assert (
        moved["previous_version"]
        == first.set_index("feature_name").loc["orders_amount_max_30d", "version"]
    )


def test_a_name_that_says_nothing_is_refused(nothing):
    columns = {name: dict(found) for name, found in COLUMNS.items()}
    for relation in ("features.features_orders", "features.customer_features"):
        columns[relation]["orders_amuont_max_30d"] = "DOUBLE"
    with pytest.raises(FeatureNameError, match="amuont"):
        define_features(QUERIES, columns, nothing, run(FIRST))
