from __future__ import annotations

import numpy as np
import pytest

from tessera.segmentation.measures import Measure, interval, mean_known


def test_skill_is_the_share_of_the_way_from_the_baseline_to_one():
    assert Measure("silhouette", 0.6, 10, baseline_value=0.2).skill == pytest.approx(0.5)


def test_without_a_baseline_there_is_no_skill():
    assert np.isnan(Measure("detail", 0.6, 10).skill)


def test_beside_a_perfect_baseline_there_is_no_skill():
    assert np.isnan(Measure("readability", 1.0, 10, baseline_value=1.0).skill)


def test_the_interval_and_mean_pass_over_what_is_unknown():
    assert interval(np.array([1.0, np.nan, 1.0])) == (1.0, 1.0)
    assert mean_known(np.array([1.0, np.nan, 3.0])) == 2.0
    assert np.isnan(mean_known(np.array([np.nan])))
