from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from tessera import frames
from tessera.features import FeatureError
from tessera.propensity import (
    PROPENSITY_SCORES_SCHEMA,
    fit_candidates,
    score_customers,
    scoring,
    with_calibrations,
)
from tessera.propensity.algorithms import load_model
from tessera.propensity.calibration import Calibration


def champion(models: pd.DataFrame, algorithm: str = "lightgbm") -> pd.DataFrame:
    return models[models["algorithm"] == algorithm].reset_index(drop=True)


def score(
    scoring_set: pd.DataFrame, champions: pd.DataFrame, run, rows: int = 1000
) -> pd.DataFrame:
    """Return what a build would write, of a set that it reads so many rows at a time."""
    chunks = [scoring_set.iloc[at : at + rows] for at in range(0, len(scoring_set), rows)]
    parts = score_customers(chunks, champions, run)
    return frames.typed_chunks(parts, PROPENSITY_SCORES_SCHEMA).read_all().to_pandas()


@pytest.fixture
def scores(models, scoring_set, run) -> pd.DataFrame:
    return score(scoring_set, champion(models), run)


def test_only_the_eligible_are_scored_each_once_in_order(scores, scoring_set):
    eligible = scoring_set[scoring_set["is_eligible_churn_30d"]]
    assert scores["customer_id"].tolist() == sorted(eligible["customer_id"])


def test_nobody_is_scored_whose_eligibility_is_unknown(models, scoring_set, run):
    asked = scoring_set["is_eligible_churn_30d"].astype("boolean")
    asked[1] = pd.NA
    scores = score(scoring_set.assign(is_eligible_churn_30d=asked), champion(models), run)
    assert "c0001" not in set(scores["customer_id"])


def test_scores_are_of_every_eligible_customer_and_carry_the_run(scores, models, run):
    assert len(scores) == 108
    assert set(scores["model_id"]) == set(champion(models)["model_id"])
    assert set(scores["run_id"]) == {run.run_id}
    assert set(scores["scored_at"]) == {run.run_started_at}


@pytest.mark.parametrize("algorithm", ["lightgbm", "logistic_regression", "recency_rule"])
def test_scores_are_the_same_to_the_bit_whatever_the_chunks_and_their_order(
    models, scoring_set, run, algorithm, monkeypatch
):
    at_once = score(scoring_set, champion(models, algorithm), run)
    monkeypatch.setattr(scoring, "ROWS_PER_PART", 13)
    for rows in (1, 17):
        in_chunks = score(
            scoring_set.sample(frac=1, random_state=3), champion(models, algorithm), run, rows
        )
        pd.testing.assert_frame_equal(in_chunks, at_once, check_exact=True)


def test_a_calibration_moves_probabilities_and_neither_order_nor_reasons(
    scores, models, scoring_set, run
):
    halved = Calibration("platt", ((0.5, -1.0),))
    calibrations = pd.DataFrame({"model_id": models["model_id"], "calibration": halved.to_text()})
    calibrated = with_calibrations(champion(models), calibrations)
    moved = score(scoring_set, calibrated, run)
    expected = halved.apply(scores["probability"].to_numpy())
    assert moved["probability"].tolist() == pytest.approx(expected.tolist())
    same = [name for name in scores.columns if name not in {"probability", "risk_band"}]
    pd.testing.assert_frame_equal(moved[same], scores[same])


def test_rank_decile_and_grade_follow_the_probability(scores):
    ordered = scores.sort_values("probability", ascending=False)
    assert ordered["percentile"].is_monotonic_decreasing
    assert ordered["decile"].is_monotonic_increasing
    assert ordered["grade"].is_monotonic_increasing
    assert scores["percentile"].between(0, 100, inclusive="neither").all()
    assert ordered["decile"].iloc[[0, -1]].tolist() == [1, 10]
    assert ordered["grade"].iloc[[0, -1]].tolist() == ["A", "E"]


def test_equal_probabilities_share_percentile_and_decile():
    assert scoring.percentiles(np.array([0.5, 0.5, 0.5, 0.5])).tolist() == [50.0] * 4


def test_a_band_reads_the_probability_itself():
    probabilities = {
        "customer_id": list("abcdef"),
        "probability": [0.7, 0.69, 0.6, 0.59, 0.2, 0.19],
    }
    ranked = scoring._ranked(pd.DataFrame(probabilities))
    assert ranked["risk_band"].tolist() == ["very_high", "high", "high", "medium", "medium", "low"]


@pytest.mark.parametrize("algorithm", ["lightgbm", "logistic_regression"])
def test_reasons_are_the_strongest_contributions_and_with_the_rest_make_the_log_odds(
    models, scoring_set, run, algorithm
):
    row = champion(models, algorithm)
    model = load_model(algorithm, row.loc[0, "model_text"])
    scores = score(scoring_set, row, run)
    features = frames_of(scoring_set, scores, json.loads(row.loc[0, "feature_names"]))
    contributions = model.contributions(features)
    told = scores[[f"reason_{rank}_contribution" for rank in (1, 2, 3)]].to_numpy()
    assert (np.abs(told) == -np.sort(-np.abs(contributions), axis=1)[:, :3]).all()
    untold = np.sort(np.abs(contributions), axis=1)[:, :-3]
    assert (untold <= np.abs(told[:, 2:])).all()
    log_odds = np.log(scores["probability"] / (1 - scores["probability"]))
    np.testing.assert_allclose(
        contributions.sum(axis=1) + model.base_log_odds_, log_odds, atol=1e-9
    )


def frames_of(scoring_set: pd.DataFrame, scores: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    by_customer = scoring_set.set_index("customer_id").loc[scores["customer_id"]]
    return by_customer[names].astype(float)


def test_a_reason_carries_the_value_of_its_feature(scores, scoring_set):
    by_customer = scoring_set.set_index("customer_id")
    for row in scores.head(20).itertuples():
        value = float(by_customer.loc[row.customer_id, row.reason_1_feature])
        assert row.reason_1_value == value or np.isnan(value)


def test_a_model_of_one_feature_has_one_reason(models, scoring_set, run):
    scores = score(scoring_set, champion(models, "recency_rule"), run)
    assert set(scores["reason_1_feature"]) == {"orders_days_since_last"}
    assert (
        scores[["reason_2_feature", "reason_2_value", "reason_3_contribution"]]
        .isna()
        .all(axis=None)
    )


@pytest.fixture
def by_country(training_set, churn, no_models, run):
    """Models of a shop where who lives in DE leaves, and one customer in FR is alone there."""
    leaves = training_set["label_churn_30d"].astype(bool)
    country = np.where(leaves, "DE", "AT")
    country = np.where(training_set["customer_id"] == "c0003", "FR", country)
    country = np.where(training_set["customer_id"] == "c0004", None, country)
    # 1 % of 120 customers are 1.2: FR and nobody's are too rare
    return fit_candidates(training_set.assign(crm_country=country), [churn], no_models, run)


@pytest.mark.parametrize("algorithm", ["lightgbm", "logistic_regression"])
def test_a_reason_that_is_a_text_names_the_feature_of_the_mart_and_the_level(
    by_country, scoring_set, run, algorithm
):
    countries = pd.Series(["DE"] * len(scoring_set)).mask(scoring_set.index == 3, "FR")
    scored = scoring_set.assign(crm_country=countries.mask(scoring_set.index == 4, None))
    scores = score(scored, champion(by_country, algorithm), run)
    told = scores.set_index("customer_id")
    assert set(told["reason_1_feature"]) == {"crm_country"}
    levels = told["reason_1_level"]
    assert levels["c0001"] == "DE"
    assert levels["c0003"] == "(other)"
    assert pd.isna(levels["c0004"])
    assert told["reason_1_value"].isna().all()
    numbers = told["reason_2_feature"] != "crm_country"
    assert numbers.all()
    assert told["reason_2_level"].isna().all()


def test_a_missing_feature_is_named(models, scoring_set, run):
    without = scoring_set.drop(columns="orders_count_30d")
    with pytest.raises(FeatureError, match="'orders_count_30d'"):
        score(without, champion(models), run)


def test_a_target_without_eligibility_is_named(models, scoring_set, run):
    without = scoring_set.drop(columns="is_eligible_churn_30d")
    with pytest.raises(KeyError, match="is_eligible_churn_30d"):
        score(without, champion(models), run)


def test_no_champions_or_nobody_eligible_give_a_typed_table_of_no_rows(models, scoring_set, run):
    nobody = scoring_set.assign(is_eligible_churn_30d=False)
    for scores in (
        score(scoring_set, models.head(0), run),
        score(nobody, champion(models), run),
        score(scoring_set.head(0), champion(models), run),
    ):
        assert len(scores) == 0
