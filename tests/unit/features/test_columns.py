from __future__ import annotations

from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from tessera.features import columns


def test_features_are_what_is_neither_key_nor_label_nor_eligibility():
    frame = pd.DataFrame(
        columns=[
            "customer_snapshot_id",
            "customer_id",
            "snapshot_at",
            "orders_count_30d",
            "is_new",
            "label_churn_30d",
            "outcome_amount_30d",
            "is_eligible_churn_30d",
        ]
    )
    assert columns.feature_columns(frame) == ["orders_count_30d", "is_new"]


def test_decimals_booleans_and_nullable_integers_become_floats():
    frame = pd.DataFrame(
        {
            "amount": [Decimal("1.25"), None],
            "is_new": [True, None],
            "has_email": [True, False],
            "count": pd.array([3, None], dtype="Int64"),
            "nothing": [None, None],
        }
    )
    numbers = columns.numeric_features(frame, list(frame.columns))
    assert (numbers.dtypes == np.float64).all()
    assert numbers.iloc[0].tolist()[:4] == [1.25, 1.0, 1.0, 3.0]
    assert numbers.loc[1, "has_email"] == 0.0
    assert numbers.loc[1, ["amount", "is_new", "count", "nothing"]].isna().all()


@pytest.mark.parametrize("values", [["a", None], pd.to_datetime(["2026-01-01", None])])
def test_a_feature_that_is_not_a_number_is_refused_by_name(values):
    with pytest.raises(columns.FeatureError, match="'crm_stage' is not a number"):
        columns.numeric_features(pd.DataFrame({"crm_stage": values}), ["crm_stage"])


def test_an_infinite_value_is_refused_by_name():
    with pytest.raises(columns.FeatureError, match="'rate'"):
        columns.numeric_features(pd.DataFrame({"rate": [1.0, np.inf]}), ["rate"])


def test_a_missing_feature_is_named_beside_the_nearest_column():
    frame = pd.DataFrame({"orders_count_90d": [1]})
    with pytest.raises(
        columns.FeatureError, match=r"'orders_count_9d' \(nearest: 'orders_count_90d'\)"
    ):
        columns.numeric_features(frame, ["orders_count_9d"])


def test_features_come_in_the_order_asked_for():
    frame = pd.DataFrame({"a": [1], "b": [2]})
    assert columns.numeric_features(frame, ["b", "a"]).columns.tolist() == ["b", "a"]
