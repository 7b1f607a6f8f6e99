from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from tessera import frames
from tessera.segmentation import (
    SEGMENT_EVALUATIONS_SCHEMA,
    evaluate_candidates,
    evaluation,
)
from tessera.segmentation.evaluation import VERDICT

MEASURED = {
    "stability",
    "silhouette",
    "readability",
    "explained_amount_90d",
    "explained_churn_90d",
    "monthly_change",
    "smallest_share",
    "smallest_segment_customers",
    "size_floor",
    "too_small_segments",
    "noise_share",
}
METRICS = MEASURED | set(VERDICT)

EVALUATED: list[pd.DataFrame] = []
"""What the first evaluation gave, made once for all tests."""


@pytest.fixture
def pair(fitted):
    """Two candidates: three segments, as there are kinds, and five."""
    return fitted[(fitted["algorithm"] == "kmeans") & fitted["segments"].isin([3, 5])]


@pytest.fixture
def evaluate(past, segment_choice, no_evaluations, run):
    """Evaluates candidates in a first run, or in another after what was remembered."""

    def by_seed(models, shop, training_set=past, remembered=no_evaluations, run=run):
        return evaluate_candidates(models, shop, training_set, segment_choice, remembered, run)

    return by_seed


@pytest.fixture
def evaluated(evaluate, pair, shop):
    if not EVALUATED:
        EVALUATED.append(evaluate(pair, shop))
    return EVALUATED[0].copy()


@pytest.fixture
def later(evaluate, pair, past, evaluated, a_run):
    """Evaluates the same candidates in a later run, on other data."""

    def second(shop, training_set=past, seed=7):
        models = pair.assign(candidate_in_run_id="second")
        run = replace(a_run(run_id="second"), seed=seed)
        return evaluate(models, shop, training_set, evaluated, run)

    return second


def champion_of(evaluations):
    is_chosen = (evaluations["metric"] == "is_chosen") & (evaluations["value"] == 1.0)
    (name,) = set(evaluations[is_chosen]["model_id"])
    return name


def held(evaluations, run_id="second"):
    return evaluations[evaluations["candidate_in_run_id"] == run_id]


def test_every_metric_is_there_once_for_each_and_fits_the_schema(evaluated, pair):
    counted = evaluated.groupby("model_id")["metric"].agg(list)
    assert set(counted.index) == set(pair["model_id"])
    assert all(sorted(metrics) == sorted(METRICS) for metrics in counted)
    frames.typed(evaluated, SEGMENT_EVALUATIONS_SCHEMA)


def test_exactly_one_is_chosen_and_every_candidate_has_a_reason(evaluated):
    assert champion_of(evaluated)
    reasons = evaluated[evaluated["metric"] == "is_chosen"]["reason"]
    assert reasons.str.len().gt(0).all()
    assert reasons.str.startswith("chosen: ").sum() == 1
    assert evaluated[evaluated["metric"] != "is_chosen"]["reason"].isna().all()


def test_two_evaluations_are_identical(evaluated, evaluate, pair, shop):
    again = evaluate(pair, shop.sample(frac=1, random_state=2))
    pd.testing.assert_frame_equal(evaluated, again)


def test_on_the_same_data_nothing_is_measured_and_only_the_stamp_moves(
    evaluated, later, shop, monkeypatch
):
    monkeypatch.setattr(evaluation, "measure_models", None)
    again = later(shop)
    pd.testing.assert_frame_equal(evaluated.assign(candidate_in_run_id="second"), again)


def test_on_new_data_the_champion_alone_is_measured_and_stays(evaluated, later, shop):
    both = later(shop[shop["customer_id"] != "gone0"])
    fresh = both[both["run_id"] == "second"]
    assert set(fresh["model_id"]) == {champion_of(evaluated)}
    assert set(fresh["metric"]) == MEASURED
    assert champion_of(both) == champion_of(evaluated)


def test_in_a_later_run_every_metric_of_every_candidate_holds_once(later, shop):
    claimed = held(later(shop[shop["customer_id"] != "gone0"]))
    counted = claimed.groupby("model_id")["metric"].agg(list)
    assert [sorted(metrics) for metrics in counted] == [sorted(METRICS)] * 2


def test_a_customer_who_left_is_missing_from_the_champions_sizes_the_next_day(
    evaluated, later, shop
):
    fewer = later(shop[~shop["customer_id"].isin(["gone0", "gone1", "heavy0", "light0"])])
    name = champion_of(evaluated)

    def customers(rows):
        is_size = rows["metric"] == "smallest_segment_customers"
        return int(rows[is_size & (rows["model_id"] == name)]["rows"].iloc[0])

    assert (customers(evaluated), customers(held(fewer))) == (60, 56)


@pytest.mark.parametrize("changed", ["scoring set", "training set", "seed"])
def test_the_champion_is_measured_anew_when_what_it_is_measured_by_changes(
    changed, later, shop, past
):
    seed = 8 if changed == "seed" else 7
    if changed == "scoring set":
        shop.loc[0, "orders_count_90d"] += 1
    if changed == "training set":
        past.loc[0, "outcome_amount_90d"] += 1
    both = later(shop, past, seed)
    assert (both["run_id"] == "second").sum() == len(MEASURED)
    assert not both.duplicated(["model_id", "evaluation_fingerprint", "metric"]).any()


def test_a_day_that_comes_back_finds_its_evaluations_again(
    evaluate, later, pair, shop, past, a_run
):
    both = later(shop[1:])
    models = pair.assign(candidate_in_run_id="third")
    again = evaluate(models, shop, past, both, a_run(run_id="third"))
    assert set(held(again, "third")["run_id"]) == {"first"}
    assert len(again) == len(both)


def test_evaluations_of_an_older_version_are_kept_and_not_claimed(
    evaluated, evaluate, pair, shop, past, a_run
):
    older = evaluated[evaluated["metric"] != "is_chosen"].assign(
        evaluation_fingerprint=None, candidate_in_run_id=None, reason=None
    )
    models = pair.assign(candidate_in_run_id="second")
    both = evaluate(models, shop, past, older, a_run(run_id="second"))
    assert both["evaluation_fingerprint"].isna().sum() == len(older)
    assert len(held(both)) == 2 * len(METRICS)
    frames.typed(both, SEGMENT_EVALUATIONS_SCHEMA)


def test_only_candidates_of_this_run_are_measured(evaluate, pair, shop, a_run):
    none = evaluate(pair, shop, run=a_run(run_id="second"))
    assert len(frames.typed(none, SEGMENT_EVALUATIONS_SCHEMA)) == 0


def test_a_young_shop_is_judged_by_what_is_known(evaluate, pair, shop, past):
    young = evaluate(pair, shop, past.iloc[:0])
    unknown = {"explained_amount_90d", "explained_churn_90d", "monthly_change"}
    assert young[young["metric"].isin(unknown)]["value"].isna().all()
    assert young[young["metric"] == "score"]["value"].between(0, 1).all()
    assert champion_of(young)


def test_a_tiny_shop_has_a_champion(fit, evaluate, no_models, a_shop, run):
    for customers in (1, 3, 40):
        few = a_shop().sample(customers, random_state=1)
        told = evaluate(fit(few, no_models, run), few)
        assert champion_of(told)
        frames.typed(told, SEGMENT_EVALUATIONS_SCHEMA)
