from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from tessera.segmentation.features import SegmentFeature
from tessera.segmentation.reduction import fit_reduction
from tessera.segmentation.scaling import Scaling, fit_scaling

RANDOM = np.random.default_rng(1)
TWICE = RANDOM.normal(0, 1, (200, 1)) @ np.array([[3.0, 3.0, 0.0]]) + RANDOM.normal(
    0, 0.1, (200, 3)
)


def test_a_component_is_read_back_as_the_features_that_load_on_it():
    reduction = fit_reduction(TWICE, 1)
    (name,) = reduction.names(["visits", "spend", "age"])
    assert sorted(name.split()) == ["+0.7", "+0.7", "spend", "visits"]
    assert reduction.explained[0] > 0.99


def test_distances_are_those_of_the_points_as_far_as_components_hold_them():
    reduced = fit_reduction(TWICE, 2).apply(TWICE)
    assert reduced.shape == (200, 2)
    before, after = np.linalg.norm(TWICE[0] - TWICE[1]), np.linalg.norm(reduced[0] - reduced[1])
    assert after == pytest.approx(before, abs=0.3)


def test_as_many_components_as_columns_reduce_nothing():
    assert fit_reduction(TWICE, 3) is None
    assert fit_reduction(TWICE, 0) is None


def test_a_reduced_scaling_reads_back_exactly_and_names_its_dimensions():
    frame = pd.DataFrame(TWICE, columns=["visits", "spend", "age"])
    features = [SegmentFeature(name, "", 1.0, is_skewed=False) for name in frame.columns]
    scaling = fit_scaling(frame, features, components=2)
    again = Scaling.from_plain(json.loads(json.dumps(scaling.as_plain())))
    assert np.array_equal(scaling.points(frame), again.points(frame))
    assert len(scaling.dimensions) == 2
    assert scaling.columns == ("visits", "spend", "age")
