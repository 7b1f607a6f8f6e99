from __future__ import annotations

import numpy as np
import pytest

from tessera.segmentation.choice.criteria import Criterion
from tessera.segmentation.choice.verdict import Candidate, judge
from tessera.segmentation.measures import Measure

CRITERIA = (
    Criterion("handy_count", 0.2, None),
    Criterion("readability", 0.3, 0.9),
    Criterion("stability", 0.5, None),
)


def candidate(name, segments=5, too_small=0.0, **values):
    told = {"stability": 0.8, "readability": 0.95, "too_small_segments": too_small} | values
    measures = {metric: Measure(metric, value, 1_000) for metric, value in told.items()}
    measures["smallest_segment_customers"] = Measure("smallest_segment_customers", 41.0, 1_000)
    return Candidate(name, "kmeans", segments, measures)


def test_the_highest_score_of_the_eligible_is_chosen_and_says_so():
    verdicts = judge([candidate("a"), candidate("b", stability=0.9)], CRITERIA)
    assert [verdicts[name].is_chosen for name in "ab"] == [False, True]
    assert verdicts["b"].score == pytest.approx(0.2 + 0.3 * 0.95 + 0.5 * 0.9)
    assert verdicts["b"].reason == (
        "chosen: highest score of 2 eligible (0.935); next is kmeans with 5 segments (0.885)"
    )


def test_who_is_not_taken_says_by_what_it_loses_most():
    worse = judge([candidate("a"), candidate("b", stability=0.9)], CRITERIA)["a"]
    assert worse.reason == "score 0.885 < 0.935: less stable (0.80 against 0.90)"


def test_a_candidate_with_a_small_segment_does_not_win_and_says_why():
    verdicts = judge([candidate("a"), candidate("b", stability=1.0, too_small=1.0)], CRITERIA)
    assert verdicts["a"].is_chosen
    assert not verdicts["b"].is_eligible
    assert verdicts["b"].reason == "smallest segment 41 < 50"


def test_a_candidate_that_nobody_can_read_does_not_win():
    verdicts = judge([candidate("a"), candidate("b", stability=1.0, readability=0.85)], CRITERIA)
    assert verdicts["a"].is_chosen
    assert verdicts["b"].reason == "readability 0.850 < 0.9"


@pytest.mark.parametrize(("segments", "told"), [(2, "3 are the fewest"), (13, "12 are the most")])
def test_too_few_or_too_many_segments_are_never_eligible(segments, told):
    verdicts = judge([candidate("a"), candidate("b", segments, stability=1.0)], CRITERIA)
    assert verdicts["a"].is_chosen
    assert told in verdicts["b"].reason


def test_where_none_is_eligible_the_best_usable_one_is_chosen_and_its_fault_told():
    unread, tiny = candidate("a", readability=0.8), candidate("b", too_small=1.0, stability=1.0)
    verdicts = judge([unread, tiny], CRITERIA)
    assert verdicts["a"].is_chosen
    assert "none eligible" in verdicts["a"].reason
    assert "although readability 0.800 < 0.9" in verdicts["a"].reason


def test_five_to_seven_segments_are_preferred():
    verdicts = judge([candidate("three", 3), candidate("six", 6)], CRITERIA)
    assert verdicts["six"].is_chosen
    assert "not five to seven segments" in verdicts["three"].reason


def test_among_equals_the_fewest_segments_win_whatever_the_order():
    pair = [candidate("a", 7), candidate("b", 5)]
    assert judge(pair, CRITERIA)["b"].is_chosen
    assert judge(pair[::-1], CRITERIA) == judge(pair, CRITERIA)


def test_what_is_not_known_does_not_count_against_a_young_shop():
    young = candidate("a", stability=np.nan)
    assert judge([young], CRITERIA)["a"].score == pytest.approx((0.2 + 0.3 * 0.95) / 0.5)


def test_a_lone_candidate_is_chosen_even_where_nothing_is_known():
    lone = Candidate("a", "kmeans", 1, {})
    verdict = judge([lone], CRITERIA)["a"]
    assert verdict.is_chosen
    assert verdict.reason == "chosen: the only candidate"


def test_nobody_is_chosen_among_nobody():
    assert judge([], CRITERIA) == {}


def test_calm_and_separation_are_read_off_what_was_measured():
    measures = {
        "monthly_change": Measure("monthly_change", 0.1, 9),
        "silhouette": Measure("silhouette", 0.4, 9, baseline_value=0.2),
    }
    values = Candidate("a", "ward", 5, measures).criteria()
    assert (values["calm"], values["separation"]) == (0.9, pytest.approx(0.25))
