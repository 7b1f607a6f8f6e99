from __future__ import annotations

import numpy as np

from tessera.segmentation.alignment import align_ids, first_free_number

OLDER = np.array([[0.0, 0.0], [10.0, 0.0], [0.0, 10.0]])
IDS = ("s1", "s2", "s5")


def test_align_keeps_ids_when_clusters_swap():
    assert align_ids(OLDER[[2, 0, 1]] + 0.1, OLDER, IDS, 6) == ("s5", "s1", "s2")


def test_a_cluster_that_went_elsewhere_is_a_new_segment():
    newer = np.array([[0.0, 0.0], [10.0, 0.0], [40.0, 40.0]])
    assert align_ids(newer, OLDER, IDS, 6) == ("s1", "s2", "s6")


def test_a_further_cluster_is_a_new_segment():
    newer = np.vstack([[[5.0, 5.0]], OLDER])
    assert align_ids(newer, OLDER, IDS, 6) == ("s6", "s1", "s2", "s5")


def test_a_lone_segment_stays_itself_however_far_it_goes():
    assert align_ids(np.array([[9.0]]), np.array([[0.0]]), ("s1",), 2) == ("s1",)


def test_numbers_begin_at_one():
    assert first_free_number([]) == 1
