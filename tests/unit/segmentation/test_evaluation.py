from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tessera import frames
from tessera.segmentation import SEGMENT_EVALUATIONS_SCHEMA, evaluate_candidates, evaluation
from tessera.segmentation.evaluation import SCORE_WEIGHTS, score_measures
from tessera.segmentation.measures import Measure

METRICS = {
    "stability",
    "silhouette",
    "readability",
    "explained_amount_90d",
    "monthly_change",
    "smallest_share",
    "smallest_segment_customers",
    "detail",
    "is_eligible",
    "score",
}


@pytest.fixture
def evaluated(three, shop, past, no_evaluations, run):
    return evaluate_candidates(pd.DataFrame([three]), shop, past, no_evaluations, run)


def value_of(evaluations, metric):
    return evaluations.set_index("metric")["value"][metric]


def test_every_metric_is_there_once_and_fits_the_schema(evaluated):
    assert set(evaluated["metric"]) == METRICS
    assert len(evaluated) == len(METRICS)
    frames.typed(evaluated, SEGMENT_EVALUATIONS_SCHEMA)


def test_planted_kinds_are_eligible_and_score_high(evaluated):
    assert value_of(evaluated, "is_eligible") == 1.0
    assert value_of(evaluated, "score") > 0.85


def test_two_evaluations_are_identical(evaluated, three, shop, past, no_evaluations, run):
    shuffled = shop.sample(frac=1, random_state=2)
    again = evaluate_candidates(pd.DataFrame([three]), shuffled, past, no_evaluations, run)
    pd.testing.assert_frame_equal(evaluated, again)


def test_remembered_evaluations_are_kept_and_nothing_is_measured(
    evaluated, three, shop, past, a_run, monkeypatch
):
    monkeypatch.setattr(evaluation, "measure_stability", None)
    models = pd.DataFrame([three]).assign(candidate_in_run_id="second")
    again = evaluate_candidates(models, shop, past, evaluated, a_run(run_id="second"))
    pd.testing.assert_frame_equal(evaluated, again)


def test_only_candidates_of_this_run_are_measured(three, shop, past, no_evaluations, a_run):
    models = pd.DataFrame([three])
    none = evaluate_candidates(models, shop, past, no_evaluations, a_run(run_id="second"))
    assert len(frames.typed(none, SEGMENT_EVALUATIONS_SCHEMA)) == 0


def test_a_young_shop_is_scored_by_what_is_known(three, shop, past, no_evaluations, run):
    young = evaluate_candidates(pd.DataFrame([three]), shop, past.iloc[:0], no_evaluations, run)
    assert np.isnan(value_of(young, "explained_amount_90d"))
    assert np.isnan(value_of(young, "monthly_change"))
    assert 0 < value_of(young, "score") <= 1


def test_a_tiny_segment_makes_a_candidate_not_eligible(three, shop, past, no_evaluations, run):
    lopsided = pd.concat([shop[:40], shop[40:43]], ignore_index=True)
    small = evaluate_candidates(pd.DataFrame([three]), lopsided, past, no_evaluations, run)
    assert value_of(small, "smallest_segment_customers") == 3
    assert value_of(small, "is_eligible") == 0.0


def test_the_weights_of_the_score_sum_to_one():
    assert sum(SCORE_WEIGHTS.values()) == pytest.approx(1.0)


def test_restlessness_lowers_the_score():
    def score(change):
        return score_measures([Measure("stability", 0.5, 9), Measure("monthly_change", change, 9)])

    assert score(0.1).value > score(0.4).value
