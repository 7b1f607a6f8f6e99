from __future__ import annotations

import json

import numpy as np

from tessera.segmentation.model import distances, fit_centroids, nearest, read_model

BLOBS = np.concatenate([np.random.default_rng(0).normal(c, 0.1, (30, 2)) for c in (0, 5, 10)])


def test_planted_blobs_are_found_highest_first():
    centroids = fit_centroids(BLOBS, 3, seed=1)
    assert centroids.round(0).tolist() == [[10, 10], [5, 5], [0, 0]]


def test_two_fits_are_identical_to_the_last_bit():
    assert np.array_equal(fit_centroids(BLOBS, 4, seed=1), fit_centroids(BLOBS, 4, seed=1))


def test_more_segments_than_distinct_points_warn_nobody(recwarn):
    fit_centroids(np.zeros((5, 2)), 3, seed=1)
    assert not recwarn


def test_a_point_on_a_centroid_is_at_distance_zero():
    centroids = fit_centroids(BLOBS, 3, seed=1)
    assert distances(centroids, centroids).diagonal().tolist() == [0.0, 0.0, 0.0]


def test_of_equally_near_centroids_the_first_is_taken():
    assert nearest(np.array([[1.0]]), np.array([[0.0], [2.0]])).tolist() == [0]


def test_a_model_reads_back_exactly(three):
    model = read_model(three)
    assert model.as_text() == three["model_text"]
    assert json.loads(model.as_text())["centroids"] == model.centroids.tolist()
