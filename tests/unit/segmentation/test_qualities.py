from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tessera.segmentation.algorithms import Prototypes, Spec, fit_specs
from tessera.segmentation.qualities import (
    measure_readability,
    measure_silhouette,
    measure_stability,
    pair_distances,
    silhouette,
)
from tessera.segmentation.sampling import is_left_out

RANDOM = np.random.default_rng(0)
BLOBS = np.concatenate([RANDOM.normal(centre, 0.1, (40, 2)) for centre in (0, 5, 10)])
FOG = RANDOM.uniform(0, 1, (120, 4))
THREE, SIX = Spec("kmeans", 3), Spec("kmeans", 6)
LONE = {Spec("hdbscan", 5): Prototypes(np.zeros((1, 2)), np.zeros(1, np.int64))}


def fitted(points, *specs):
    return dict(fit_specs(points, specs, 1))


def test_planted_blobs_are_stable_and_fog_is_not():
    blobs = measure_stability(BLOBS, fitted(BLOBS, THREE), seed=1)[THREE]
    fog = measure_stability(FOG, fitted(FOG, SIX), seed=1)[SIX]
    assert blobs.value == 1.0
    assert fog.value < 0.8
    assert fog.low < fog.value < fog.high


def test_measured_together_or_alone_a_candidate_is_as_stable():
    both = measure_stability(FOG, fitted(FOG, THREE, SIX), seed=1)
    assert measure_stability(FOG, fitted(FOG, SIX), seed=1)[SIX] == both[SIX]


def test_planted_blobs_lie_apart_and_fog_no_more_than_its_shuffle():
    blobs = measure_silhouette(BLOBS, fitted(BLOBS, THREE), seed=1)[THREE]
    fog = measure_silhouette(FOG, fitted(FOG, THREE), seed=1)[THREE]
    assert blobs.value > 0.9 > blobs.baseline_value
    assert abs(fog.value - fog.baseline_value) < 0.1


def test_a_silhouette_of_pairs_can_be_checked_by_hand():
    """Each of the first two is 1 from its own and 9.5 or 10.5 from the others."""
    apart = pair_distances(np.array([[0.0], [1.0], [10.0], [11.0]]))
    by_hand = np.mean([1 - 1 / 10.5, 1 - 1 / 9.5])
    assert silhouette(apart, np.array([0, 0, 1, 1])) == pytest.approx(by_hand)


def test_a_lone_point_of_its_own_counts_as_zero():
    apart = pair_distances(np.array([[0.0], [1.0], [10.0]]))
    by_hand = np.mean([1 - 1 / 10, 1 - 1 / 9, 0.0])
    assert silhouette(apart, np.array([0, 0, 1])) == pytest.approx(by_hand)


def test_one_segment_is_stable_and_has_no_silhouette():
    (spec,) = LONE
    assert measure_stability(BLOBS, LONE, seed=1)[spec].value == 1.0
    assert np.isnan(measure_silhouette(BLOBS, LONE, seed=1)[spec].value)


def test_blobs_are_told_by_a_small_tree():
    customers = pd.DataFrame({"customer_id": [f"c{n}" for n in range(120)]})
    labels = np.repeat([0, 1, 2], 40)
    measure = measure_readability(customers, BLOBS, labels, seed=1)
    assert measure.value == 1.0
    assert measure.rows == is_left_out(customers["customer_id"]).sum()


def test_readability_is_measured_on_customers_that_the_tree_never_saw():
    """Whoever is left out is a segment: a tree of the others knows no such one."""
    customers = pd.DataFrame({"customer_id": [f"c{n}" for n in range(120)]})
    labels = is_left_out(customers["customer_id"]).astype(np.int64)
    measure = measure_readability(customers, BLOBS, labels, seed=1)
    assert (measure.value, measure.baseline_value) == (0.0, 0.0)


def test_nobody_is_left_out_of_a_shop_of_two():
    """Who cannot be left out measures nothing."""
    customers = pd.DataFrame({"customer_id": ["c0", "c1"]})
    told = is_left_out(customers["customer_id"])
    measure = measure_readability(customers, BLOBS[:2], np.array([0, 1]), seed=1)
    assert np.isnan(measure.value) == (told.all() or not told.any())
