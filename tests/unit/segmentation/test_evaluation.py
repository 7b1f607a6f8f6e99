from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from tessera import frames
from tessera.segmentation import (
    SEGMENT_EVALUATIONS_SCHEMA,
    evaluate_candidates,
    evaluation,
)
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


def test_what_was_measured_on_the_same_data_holds_and_only_its_stamp_moves(
    evaluated, three, shop, past, a_run, monkeypatch
):
    monkeypatch.setattr(evaluation, "measure_stability", None)
    models = pd.DataFrame([three]).assign(candidate_in_run_id="second")
    again = evaluate_candidates(models, shop, past, evaluated, a_run(run_id="second"))
    pd.testing.assert_frame_equal(evaluated.assign(candidate_in_run_id="second"), again)


@pytest.mark.parametrize("changed", ["scoring set", "training set", "seed"])
def test_a_frozen_model_is_measured_anew_when_what_it_is_measured_by_changes(
    changed, evaluated, three, shop, past, a_run
):
    run = a_run(run_id="second")
    if changed == "scoring set":
        shop.loc[0, "orders_count_90d"] += 1
    elif changed == "training set":
        past.loc[0, "outcome_amount_90d"] += 1
    else:
        run = replace(run, seed=8)
    models = pd.DataFrame([three]).assign(candidate_in_run_id="second")
    both = evaluate_candidates(models, shop, past, evaluated, run)
    holds = both["candidate_in_run_id"] == "second"
    assert set(both["model_id"]) == {three["model_id"]}
    assert set(both[holds]["metric"]) == set(both[~holds]["metric"]) == METRICS
    pd.testing.assert_frame_equal(both[~holds].reset_index(drop=True), evaluated)
    assert not both.duplicated(["model_id", "evaluation_fingerprint", "metric"]).any()


def test_a_customer_who_left_a_segment_is_missing_from_its_size_the_next_day(
    evaluated, three, shop, past, a_run
):
    models = pd.DataFrame([three]).assign(candidate_in_run_id="second")
    fewer = shop[shop["customer_id"] != "gone0"]
    both = evaluate_candidates(models, fewer, past, evaluated, a_run(run_id="second"))
    current = both[both["candidate_in_run_id"] == "second"]
    assert value_of(evaluated, "smallest_segment_customers") == 20
    assert value_of(current, "smallest_segment_customers") == 19


def test_a_day_that_comes_back_finds_its_evaluations_again(evaluated, three, shop, past, a_run):
    models = pd.DataFrame([three])
    second = models.assign(candidate_in_run_id="second")
    both = evaluate_candidates(second, shop[1:], past, evaluated, a_run(run_id="second"))
    third = models.assign(candidate_in_run_id="third")
    again = evaluate_candidates(third, shop, past, both, a_run(run_id="third"))
    assert again.groupby("candidate_in_run_id")["run_id"].unique().map(list).to_dict() == {
        "second": ["second"],
        "third": ["first"],
    }


def test_a_model_that_is_no_longer_a_candidate_keeps_its_older_stamp(
    evaluated, three, shop, past, a_run
):
    renamed = three.to_dict() | {"model_id": "renamed", "candidate_in_run_id": "second"}
    models = pd.DataFrame([three.to_dict(), renamed])
    both = evaluate_candidates(models, shop, past, evaluated, a_run(run_id="second"))
    stamps = both.groupby("model_id")["candidate_in_run_id"].unique().map(list).to_dict()
    assert stamps == {three["model_id"]: ["first"], "renamed": ["second"]}


def test_evaluations_of_a_version_without_fingerprints_are_kept_and_not_claimed(
    evaluated, three, shop, past, a_run
):
    older = evaluated.assign(evaluation_fingerprint=None, candidate_in_run_id=None)
    models = pd.DataFrame([three]).assign(candidate_in_run_id="second")
    both = evaluate_candidates(models, shop, past, older, a_run(run_id="second"))
    assert both["evaluation_fingerprint"].isna().sum() == len(METRICS)
    assert (both["candidate_in_run_id"] == "second").sum() == len(METRICS)
    frames.typed(both, SEGMENT_EVALUATIONS_SCHEMA)


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
