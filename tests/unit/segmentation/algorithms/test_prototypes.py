from __future__ import annotations

import json

import numpy as np

from tessera.segmentation.algorithms.prototypes import Prototypes, segment_means, some_points

LINE = np.array([[0.0], [4.0], [10.0]])


def test_the_distance_to_a_segment_is_that_to_its_nearest_prototype():
    """The first segment has two prototypes, at 0 and at 10; the second one at 4."""
    pair = Prototypes(LINE, np.array([0, 1, 0]))
    assert pair.distances(np.array([[1.0], [9.0]])).tolist() == [[1.0, 3.0], [1.0, 5.0]]
    assert pair.nearest(np.array([[1.0], [3.0], [9.0]])).tolist() == [0, 1, 0]


def test_a_wide_component_reaches_farther_than_a_narrow_one():
    """Three deviations from the narrow one, one from the wide one."""
    scales, offsets = np.array([[1.0], [4.0]]), np.array([0.0, 1.0])
    mixed = Prototypes(np.array([[0.0], [7.0]]), np.array([0, 1]), scales, offsets)
    assert mixed.distances(np.array([[3.0]])).tolist() == [[3.0, np.sqrt(2.0)]]


def test_a_point_on_a_centroid_is_at_distance_zero():
    assert Prototypes(LINE, np.arange(3)).distances(LINE).diagonal().tolist() == [0.0, 0.0, 0.0]


def test_of_equally_near_segments_the_first_is_taken():
    assert Prototypes(LINE[:2], np.arange(2)).nearest(np.array([[2.0]])).tolist() == [0]


def test_settled_the_highest_on_the_first_dimension_comes_first():
    settled = Prototypes(LINE, np.arange(3)).settled(LINE)
    assert settled.centers.ravel().tolist() == [10.0, 4.0, 0.0]
    assert settled.places.tolist() == [0, 1, 2]


def test_settled_a_segment_that_nobody_is_in_is_gone():
    settled = Prototypes(np.vstack([LINE, [[99.0]]]), np.arange(4)).settled(LINE)
    assert settled.segments == 3
    assert 99.0 not in settled.centers


def test_settled_every_prototype_keeps_its_scale_and_offset():
    scales, offsets = np.array([[1.0], [2.0], [3.0]]), np.array([0.0, 1.0, 2.0])
    settled = Prototypes(LINE, np.arange(3), scales, offsets).settled(LINE)
    told = {c: (s, o) for c, s, o in zip(LINE.ravel(), scales.ravel(), offsets, strict=True)}
    for center, scale, offset in zip(
        settled.centers.ravel(), settled.scales.ravel(), settled.offsets, strict=True
    ):
        assert told[center] == (scale, offset)


def test_prototypes_read_back_exactly_from_json():
    thirds = Prototypes(LINE / 3, np.array([0, 1, 0]), LINE + 1 / 3, np.array([0.0, 0.1, 0.2]), 0.3)
    again = Prototypes.from_plain(json.loads(json.dumps(thirds.as_plain())))
    points = np.array([[1 / 7], [5.0]])
    assert np.array_equal(thirds.distances(points), again.distances(points))
    assert again.noise_share == 0.3


def test_the_mean_of_an_empty_segment_is_the_mean_of_all():
    assert segment_means(LINE, np.array([0, 0, 0]), 2).ravel().tolist() == [14 / 3, 14 / 3]


def test_few_points_are_all_looked_at_and_many_are_drawn_alike_each_time():
    many = np.arange(50.0)[:, None]
    drawn = some_points(many, 10, seed=1)
    assert some_points(many, 50, seed=1) is many
    assert len(drawn) == 10
    assert np.all(np.diff(drawn.ravel()) > 0)
    assert np.array_equal(drawn, some_points(many, 10, seed=1))
