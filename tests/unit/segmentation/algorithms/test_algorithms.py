from __future__ import annotations

import numpy as np
import pytest

from tessera.segmentation.algorithms import (
    ALGORITHMS,
    Spec,
    feasible_specs,
    fit_spec,
    fit_specs,
)

RANDOM = np.random.default_rng(0)
BLOBS = np.concatenate([RANDOM.normal(centre, 0.1, (40, 2)) for centre in (0, 5, 10)])
KINDS = np.repeat([2, 1, 0], 40)
SPECS = [Spec(name, 20 if name == "hdbscan" else 3) for name in ALGORITHMS]


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.algorithm)
def test_every_algorithm_finds_planted_blobs_and_places_strangers(spec):
    found = fit_spec(BLOBS, spec, seed=1)
    assert found.nearest(BLOBS).tolist() == KINDS.tolist()
    assert found.nearest(np.array([[10.4, 9.7], [-0.3, 0.2]])).tolist() == [0, 2]


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.algorithm)
def test_two_fits_are_identical_to_the_last_bit(spec):
    first, second = (fit_spec(BLOBS, spec, seed=1) for _ in range(2))
    assert first.as_plain() == second.as_plain()


def test_fitted_together_or_alone_a_spec_gives_the_same():
    specs = [Spec("ward", 3), Spec("ward", 4), Spec("kmeans", 3)]
    together = dict(fit_specs(BLOBS, specs, seed=1))
    for spec in specs:
        assert together[spec].as_plain() == fit_spec(BLOBS, spec, seed=1).as_plain()


def test_a_mixture_gives_a_scattered_kind_its_room():
    """One kind is ten times as scattered: half way to the narrow one, points are still its own."""
    random = np.random.default_rng(3)
    wide, narrow = random.normal(0, 2.0, (300, 1)), random.normal(8, 0.2, (300, 1))
    points = np.vstack([wide, narrow])
    at = np.array([[5.5]])
    mixture, means = (fit_spec(points, Spec(name, 2), seed=1) for name in ("mixture", "kmeans"))
    assert mixture.nearest(at) == mixture.nearest(np.array([[0.0]]))
    assert means.nearest(at) == means.nearest(np.array([[8.0]]))


def test_a_mixture_does_not_collapse_on_customers_who_share_a_value():
    points = np.vstack([np.zeros((50, 2)), RANDOM.normal(1, 1, (50, 2))])
    found = fit_spec(points, Spec("mixture", 2), seed=1)
    assert found.scales.min() > 0.05


def test_noise_goes_to_the_nearest_group_and_its_share_is_told():
    """Two dense groups, and four customers who belong to neither."""
    random = np.random.default_rng(5)
    dense = np.vstack([random.normal(0, 0.1, (60, 2)), random.normal(5, 0.1, (60, 2))])
    strays = np.array([[1.5, 1.5], [3.5, 3.5], [-2.0, -2.0], [8.0, 8.0]])
    found = fit_spec(np.vstack([dense, strays]), Spec("hdbscan", 20), seed=1)
    assert found.segments == 2
    assert found.noise_share == pytest.approx(4 / 124, abs=0.03)
    assert found.nearest(strays).tolist() == [1, 0, 1, 0]


def test_where_nothing_is_denser_everybody_is_one_segment_and_all_are_noise():
    lattice = np.stack(np.meshgrid(np.arange(12.0), np.arange(12.0)), axis=-1).reshape(-1, 2)
    found = fit_spec(lattice, Spec("hdbscan", 20), seed=1)
    assert (found.segments, found.noise_share) == (1, 1.0)


def test_groups_of_ward_are_cuts_of_one_tree():
    """Each of four groups lies within one of three."""
    fog = np.random.default_rng(7).uniform(0, 1, (80, 2))
    three, four = (fit_spec(fog, Spec("ward", k), seed=1).nearest(fog) for k in (3, 4))
    pairs = {(a, b) for a, b in zip(three, four, strict=True)}
    assert len(pairs) <= 6


def test_more_segments_than_distinct_points_warn_nobody(recwarn):
    fit_spec(np.zeros((5, 2)), Spec("kmeans", 3), seed=1)
    assert not recwarn


def test_fewer_customers_give_fewer_candidates():
    sizes = {spec.size for spec in feasible_specs(np.arange(9.0)[:, None])}
    assert sizes == {3, 4}


def test_equal_customers_give_one_segment():
    assert feasible_specs(np.zeros((50, 2))) == [Spec("kmeans", 1)]


def test_density_is_asked_of_a_hundred_customers_and_not_of_fewer():
    asked = [{s.algorithm for s in feasible_specs(np.arange(float(n))[:, None])} for n in (99, 100)]
    assert ["hdbscan" in algorithms for algorithms in asked] == [False, True]
