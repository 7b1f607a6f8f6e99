from __future__ import annotations

import pandas as pd
import pytest

from tessera.segmentation.features import (
    DRIVERS,
    SEGMENT_FEATURES,
    SegmentationError,
    available_features,
    features_named,
)


def test_each_driver_is_one_feature():
    assert len(set(DRIVERS)) == len(SEGMENT_FEATURES)


def test_a_feature_that_is_missing_or_never_known_is_left_out():
    frame = pd.DataFrame({"orders_count_90d": [1, 2], "orders_amount_avg_365d": [None, None]})
    assert [feature.driver for feature in available_features(frame)] == ["frequency"]


def test_a_set_without_any_of_the_features_is_refused_with_their_names():
    with pytest.raises(SegmentationError, match="orders_amount_sum_365d"):
        available_features(pd.DataFrame({"customer_id": ["ann"]}))


def test_a_model_of_unknown_features_is_refused():
    with pytest.raises(SegmentationError, match="sessions_count_7d"):
        features_named(("sessions_count_7d",))
