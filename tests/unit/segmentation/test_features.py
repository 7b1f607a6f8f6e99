from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from tessera.segmentation.features import (
    DRIVERS,
    SegmentationError,
    available_features,
    read_features,
)

ROOT = Path(__file__).parents[3]


def changed(seed, column, value):
    seed.loc[seed["feature_name"] == "orders_count_90d", column] = value
    return seed


def test_the_projects_own_seed_is_valid_and_speaks_for_every_driver():
    seed = pd.read_csv(ROOT / "seeds" / "segment_features.csv", dtype=str)
    features = read_features(seed)
    assert {feature.driver for feature in features} >= set(DRIVERS)
    assert all(feature.reason for feature in features)


def test_the_weightiest_comes_first_whatever_the_order_of_the_rows(segment_features):
    seed = changed(segment_features, "weight", "2.5")
    features = read_features(seed)
    assert features[0].name == "orders_count_90d"
    assert features == read_features(seed.iloc[::-1])


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        (
            "feature_group",
            "behavior",
            "unknown feature_group 'behavior' .* mean 'behaviour'",
        ),
        ("kind", "numbers", "unknown kind 'numbers' of 'orders_count_90d'; did you mean 'numeric'"),
        ("driver", "frequence", "did you mean 'frequency'"),
        ("driver", "x", "expected one of .*'value', 'frequency'"),
        ("weight", "heavy", "weight of 'orders_count_90d' is 'heavy'; expected a number above 0"),
        ("weight", "0", "weight of 'orders_count_90d' is '0'"),
        ("weight", "inf", "weight of 'orders_count_90d' is 'inf'"),
        ("weight", None, "weight of 'orders_count_90d' is ''"),
        ("is_skewed", "maybe", "unknown is_skewed 'maybe'"),
        ("feature_name", "", r"a row has no feature_name \(weight '1.5'"),
        (
            "feature_name",
            "orders_days_since_last",
            "stands more than once",
        ),
    ],
)
def test_a_wrong_cell_is_refused_with_what_to_mend(segment_features, column, value, message):
    with pytest.raises(SegmentationError, match=message):
        read_features(changed(segment_features, column, value))


def test_a_missing_column_is_named(segment_features):
    with pytest.raises(SegmentationError, match="lacks the column 'weight'"):
        read_features(segment_features.drop(columns="weight"))


def test_a_seed_without_rows_is_refused(segment_features):
    with pytest.raises(SegmentationError, match="has no row"):
        read_features(segment_features.iloc[:0])


def test_a_feature_that_is_missing_or_never_known_is_left_out(declared):
    frame = pd.DataFrame({"orders_count_90d": [1, 2], "orders_amount_avg_365d": [None, None]})
    assert [feature.driver for feature in available_features(frame, declared)] == ["frequency"]


def test_a_set_without_any_of_the_features_is_refused_with_their_names(declared):
    with pytest.raises(SegmentationError, match="orders_amount_sum_365d"):
        available_features(pd.DataFrame({"customer_id": ["ann"]}), declared)
