from __future__ import annotations

import json
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from tessera.segmentation.features import SegmentFeature
from tessera.segmentation.scaling import CLIP, Scaling, fit_scaling

SHARE = SegmentFeature("share", "discount", 1.0, "", is_skewed=False)
SPEND = SegmentFeature("spend", "value", 2.0, "")


def scaled(values, feature=SHARE):
    frame = pd.DataFrame({feature.name: values})
    return fit_scaling(frame, [feature]).points(frame)[:, 0]


def test_the_median_becomes_zero_and_null_becomes_the_median():
    assert scaled([1.0, 2.0, 3.0, None])[[1, 3]].tolist() == [0.0, 0.0]


def test_a_whale_is_pulled_back_to_the_clip():
    assert scaled([1.0, 2.0, 3.0, 4.0, 1e9])[4] == CLIP


def test_the_logarithm_keeps_the_sign_of_a_return():
    points = scaled([-100.0, 0.0, 100.0], SPEND)
    assert points[0] == -points[2] != 0.0


def test_decimals_are_read_as_numbers():
    assert scaled([Decimal("1.00"), None, Decimal("3.00")]).tolist() == pytest.approx(
        [-1.349, 0.0, 1.349], abs=1.0
    )


def test_a_feature_that_never_varies_moves_nobody():
    assert scaled([5.0, 5.0, 5.0]).tolist() == [0.0, 0.0, 0.0]


def test_a_feature_of_mostly_zeros_is_scaled_by_its_deviation():
    assert scaled([0.0] * 9 + [1.0])[9] == pytest.approx(CLIP)


def test_a_scaling_reads_back_exactly_from_json():
    frame = pd.DataFrame({"share": [0.1, 0.7, 1 / 3], "spend": [1.0, 22.0, None]})
    scaling = fit_scaling(frame, [SHARE, SPEND])
    again = Scaling.from_plain(json.loads(json.dumps(scaling.as_plain())))
    assert np.array_equal(scaling.points(frame), again.points(frame))
