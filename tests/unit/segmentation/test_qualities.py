from __future__ import annotations

import numpy as np
import pytest

from tessera.segmentation.model import fit_centroids, read_model
from tessera.segmentation.qualities import (
    measure_readability,
    measure_silhouette,
    measure_sizes,
    measure_stability,
)
from tessera.segmentation.sampling import is_left_out

RANDOM = np.random.default_rng(0)
BLOBS = np.concatenate([RANDOM.normal(centre, 0.1, (40, 2)) for centre in (0, 5, 10)])
FOG = RANDOM.uniform(0, 1, (120, 4))


def test_planted_blobs_are_stable_and_fog_is_not():
    blobs = measure_stability(BLOBS, fit_centroids(BLOBS, 3, 1), seed=1)
    fog = measure_stability(FOG, fit_centroids(FOG, 6, 1), seed=1)
    assert blobs.value == 1.0
    assert fog.value < 0.8
    assert fog.low < fog.value < fog.high


def test_planted_blobs_lie_apart_and_fog_no_more_than_its_shuffle():
    blobs = measure_silhouette(BLOBS, fit_centroids(BLOBS, 3, 1), seed=1)
    fog = measure_silhouette(FOG, fit_centroids(FOG, 3, 1), seed=1)
    assert blobs.value > 0.9 > blobs.baseline_value
    assert abs(fog.value - fog.baseline_value) < 0.1


def test_planted_kinds_are_told_by_a_small_tree(shop, three):
    measure = measure_readability(shop, read_model(three), seed=1)
    assert measure.value == 1.0
    assert measure.rows == pytest.approx(0.3 * len(shop), abs=10)


def test_readability_is_measured_on_customers_that_the_tree_never_saw(a_shop, three):
    """Whoever is gone is left out, and nobody else: a tree of the others knows no such segment."""
    shop = a_shop(40)
    is_gone = shop["customer_id"].str.startswith("gone")
    split = shop[is_gone == is_left_out(shop["customer_id"])]
    measure = measure_readability(split, read_model(three), seed=1)
    assert measure.rows > 0
    assert (measure.value, measure.baseline_value) == (0.0, 0.0)


def test_one_segment_is_stable_and_has_no_silhouette():
    lone = BLOBS.mean(axis=0, keepdims=True)
    assert measure_stability(BLOBS, lone, seed=1).value == 1.0
    assert np.isnan(measure_silhouette(BLOBS, lone, seed=1).value)


def test_eight_equal_segments_carry_all_the_detail_and_one_carries_none():
    detail = {len(s): measure_sizes(np.array(s))[2].value for s in ([5] * 8, [40])}
    assert detail == {8: 1.0, 1: 0.0}


def test_the_smallest_segment_may_be_empty():
    share, customers, _ = measure_sizes(np.array([9, 1, 0]))
    assert (share.value, customers.value, share.rows) == (0.0, 0.0, 10)
