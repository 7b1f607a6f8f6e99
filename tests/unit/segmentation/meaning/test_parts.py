from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tessera.segmentation.meaning.parts import set_apart, split_members


def cloud(*middles, each=100, seed=0):
    random = np.random.default_rng(seed)
    points = np.vstack([random.normal(middle, 0.1, (each, 2)) for middle in middles])
    return points, pd.Series([f"c{number}" for number in range(len(points))])


def test_two_clouds_are_two_parts():
    split = split_members(*cloud((0, 0), (5, 0)), 10, 7)
    assert np.bincount(split.labels).tolist() == [100, 100]
    assert split.agreement == 1.0


def test_three_clouds_are_three_parts():
    assert len(split_members(*cloud((0, 0), (5, 0), (0, 5)), 10, 7).prototypes.centers) == 3


def test_a_round_cloud_is_one_part():
    points = np.random.default_rng(1).normal(size=(300, 6))
    split = split_members(points, pd.Series([f"c{number}" for number in range(300)]), 10, 7)
    assert len(split.prototypes.centers) == 1
    assert split.agreement is None
    assert set(split.labels) == {0}


def test_a_part_that_would_be_too_small_is_not_made():
    assert len(split_members(*cloud((0, 0), (5, 0)), 101, 7).prototypes.centers) == 1


@pytest.mark.parametrize("members", [0, 1, 90])
def test_few_people_are_one_part(members):
    points, who = cloud((0, 0), (5, 0), each=members)
    split = split_members(points, who, 5, 7)
    assert split.labels.tolist() == [0] * 2 * members


def test_a_part_is_told_by_what_sets_it_apart_most():
    raw = np.column_stack([np.arange(20.0), np.tile([1.0, 2.0], 10)])
    labels = np.repeat([0, 1], 10)
    less, more = set_apart(raw, labels, ["spend", "visits"])
    assert (less.feature, less.is_higher) == ("spend", False)
    assert (less.value, less.rest_value) == (4.5, 14.5)
    assert (more.feature, more.is_higher) == ("spend", True)


def test_no_two_parts_are_told_by_the_same():
    raw = np.column_stack([np.repeat([0.0, 5.0, 9.0], 10), np.repeat([3.0, 1.0, 2.0], 10)])
    told = set_apart(raw, np.repeat([0, 1, 2], 10), ["spend", "visits"])
    assert len({(apart.feature, apart.is_higher) for apart in told}) == 3


def test_the_whole_is_set_apart_by_nothing():
    assert [apart.feature for apart in set_apart(np.ones((3, 1)), np.zeros(3, int), ["x"])] == [""]
