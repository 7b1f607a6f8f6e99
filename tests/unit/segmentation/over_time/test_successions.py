from __future__ import annotations

import numpy as np

from tessera.segmentation.over_time.successions import (
    carry_ids,
    first_free_number,
    match_segments,
    successions,
)


def told(overlap):
    return [(one.event, one.older, one.newer, one.customers) for one in successions(overlap)]


def test_clusters_that_only_swapped_their_places_keep_their_ids():
    swapped = np.array([[0, 80, 5], [70, 0, 0], [0, 5, 60]])
    assert carry_ids(swapped, ("s1", "s2", "s3"), 4) == ("s2", "s1", "s3")


def test_a_segment_that_shares_too_little_gets_a_number_nobody_bore():
    free = first_free_number(["s4", "s7"])
    assert carry_ids(np.array([[90, 40], [0, 10]]), ("s4", "s7"), free) == ("s4", "s8")


def test_a_split_names_the_segment_it_came_out_of():
    overlap = np.array([[60, 40], [0, 0]])
    assert told(overlap) == [("kept", 0, 0, 60), ("split", 0, 1, 40), ("died", 1, None, 0)]


def test_a_merger_names_where_the_customers_went():
    assert told(np.array([[90], [40]])) == [("kept", 0, 0, 90), ("merged", 1, 0, 40)]


def test_a_segment_out_of_several_is_born_and_one_that_went_several_ways_died():
    overlap = np.array([[60, 0, 0, 20], [0, 60, 0, 20], [0, 0, 60, 20], [20, 20, 20, 0]])
    assert told(overlap)[3:] == [("born", None, 3, 60), ("died", 3, None, 60)]


def test_every_older_and_every_newer_segment_is_told_of():
    overlap = np.random.default_rng(1).integers(0, 50, (7, 5))
    events = successions(overlap)
    assert {one.older for one in events if one.older is not None} == set(range(7))
    assert {one.newer for one in events if one.newer is not None} == set(range(5))


def test_shares_are_of_the_segment_that_it_befell():
    events = {one.event: one.share for one in successions(np.array([[75, 25], [5, 0]]))}
    assert events["kept"] == 0.75
    assert events["split"] == 1.0
    assert events["merged"] == 1.0


def test_nobody_to_compare_with_keeps_nothing():
    assert match_segments(np.zeros((2, 3), dtype=np.int64)) == {}
