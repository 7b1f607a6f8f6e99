from __future__ import annotations

import pandas as pd
import pytest

from tessera import frames
from tessera.metrics import METRICS
from tessera.propensity import (
    PROPENSITY_EVALUATIONS_SCHEMA,
    PROPENSITY_REPLAYS_SCHEMA,
    Target,
    evaluate_candidates,
    fit_candidates,
    fit_replays,
)
from tessera.propensity.algorithms import ALGORITHMS


def aucs(evidence: pd.DataFrame, split: str = "all_origins") -> pd.DataFrame:
    chosen = (evidence["metric"] == "roc_auc") & (evidence["split"] == split)
    return evidence[chosen].set_index("algorithm")


def test_each_candidate_has_every_metric_at_every_origin_and_over_all(evidence, models):
    splits = {"all_origins", "2026-07-01", "2026-08-01", "2026-09-01", "2026-10-01"}
    assert set(evidence["split"]) == splits
    assert set(evidence["metric"]) == {metric.name for metric in METRICS}
    assert len(evidence) == len(models) * len(splits) * len(METRICS)
    assert set(evidence["model_id"]) == set(models["model_id"])


def test_the_figure_over_all_origins_is_the_mean_of_the_origins(evidence):
    trees = evidence[(evidence["algorithm"] == "lightgbm") & (evidence["metric"] == "log_loss")]
    by_split = trees.set_index("split")
    of_origins = by_split.drop(index="all_origins")
    assert by_split.loc["all_origins", "value"] == pytest.approx(of_origins["value"].mean())
    assert by_split.loc["all_origins", "rows"] == of_origins["rows"].sum()
    assert by_split.loc["all_origins", "positives"] == of_origins["positives"].sum()


def test_every_interval_holds_its_value(evidence):
    known = evidence.dropna(subset=["value"])  # nobody may stand in a band
    assert ((known["low"] <= known["value"]) & (known["value"] <= known["high"])).all()
    assert set(known["metric"]) == set(evidence["metric"])


def test_models_stand_beside_the_recency_rule_and_the_rule_beside_the_prevalence(evidence):
    found = aucs(evidence)
    rule = found.loc["recency_rule", "value"]
    for algorithm in ("lightgbm", "logistic_regression"):
        assert found.loc[algorithm, "baseline_name"] == "recency_rule"
        assert found.loc[algorithm, "baseline_value"] == rule
        gained = (found.loc[algorithm, "value"] - rule) / (1 - rule)
        assert found.loc[algorithm, "skill"] == pytest.approx(gained)
    assert found.loc["recency_rule", "baseline_name"] == "prevalence"
    assert found.loc["recency_rule", "baseline_value"] == 0.5


def test_the_planted_rule_is_found_again(evidence):
    assert 0.65 < aucs(evidence).loc["recency_rule", "value"] < 0.85


def test_the_evidence_fits_its_schema_and_comes_back_the_same(evidence):
    table = frames.typed(evidence, PROPENSITY_EVALUATIONS_SCHEMA)
    assert frames.typed(table.to_pandas(), PROPENSITY_EVALUATIONS_SCHEMA).equals(table)


def test_a_planted_leak_has_an_auc_of_one(
    training_set, churn, no_models, no_replays, no_evidence, run
):
    leaking = training_set.assign(knows=training_set["label_churn_30d"].astype(float))
    models = fit_candidates(leaking, [churn], no_models, run)
    replays = fit_replays(leaking, [churn], models, no_replays, run)
    found = aucs(evaluate_candidates(leaking, [churn], models, replays, no_evidence, run))
    assert found.loc["lightgbm", "value"] > 0.99
    assert found.loc["logistic_regression", "value"] > 0.99
    assert found.loc["recency_rule", "value"] < 0.9


def test_a_second_run_over_the_same_data_fits_nothing(
    evidence, models, replays, training_set, next_run, monkeypatch
):
    def refuse(*_):
        raise AssertionError("something was fitted")

    churn = Target("churn_30d", 30)
    for algorithm in ALGORITHMS.values():
        monkeypatch.setattr(algorithm, "fit", refuse)
    models = fit_candidates(training_set, [churn], models, next_run)
    again = fit_replays(training_set, [churn], models, replays, next_run)
    pd.testing.assert_frame_equal(again, replays)
    again = evaluate_candidates(training_set, [churn], models, replays, evidence, next_run)
    pd.testing.assert_frame_equal(again, evidence)


def test_only_candidates_of_this_run_are_evaluated(
    models, replays, training_set, churn, no_evidence, next_run
):
    nothing = evaluate_candidates(training_set, [churn], models, replays, no_evidence, next_run)
    assert nothing.empty


def test_two_calls_give_identical_frames(training_set, churn, models, replays, no_evidence, run):
    rule = models[models["algorithm"] == "recency_rule"]
    first = evaluate_candidates(training_set, [churn], rule, replays, no_evidence, run)
    second = evaluate_candidates(training_set, [churn], rule, replays, no_evidence, run)
    pd.testing.assert_frame_equal(first, second)


def test_fewer_than_three_origins_stand_for_themselves_and_have_no_mean(
    training_set, no_models, no_evidence, run
):
    churn = Target("churn_30d", 30, fewest_of_each_answer=10)
    splits = []
    for until in ("2026-05-01", "2026-04-01", "2026-02-01"):
        past = training_set[training_set["snapshot_at"] < until]
        models = fit_candidates(past, [churn], no_models, run)
        rule = models[models["algorithm"] == "recency_rule"]
        replays = fit_replays(past, [churn], rule, frames.empty(PROPENSITY_REPLAYS_SCHEMA), run)
        found = evaluate_candidates(past, [churn], rule, replays, no_evidence, run)
        splits.append(sorted(set(found["split"])))
    assert splits == [
        ["2026-02-01", "2026-03-01", "2026-04-01", "all_origins"],
        ["2026-02-01", "2026-03-01"],
        [],
    ]


def test_an_origin_of_one_class_has_no_auc_and_the_mean_goes_without(
    training_set, churn, no_models, no_replays, no_evidence, run
):
    training_set.loc[training_set["snapshot_at"] == "2026-10-01", "label_churn_30d"] = False
    models = fit_candidates(training_set, [churn], no_models, run)
    rule = models[models["algorithm"] == "recency_rule"]
    replays = fit_replays(training_set, [churn], rule, no_replays, run)
    found = evaluate_candidates(training_set, [churn], rule, replays, no_evidence, run)
    assert aucs(found, "2026-10-01")["value"].isna().all()
    assert aucs(found)["value"].notna().all()
    table = frames.typed(found, PROPENSITY_EVALUATIONS_SCHEMA)
    assert table["value"].null_count > 0


def test_a_target_without_candidates_has_no_evidence(
    training_set, models, replays, no_evidence, run
):
    purchase = Target("purchase_30d", 30)
    assert evaluate_candidates(training_set, [purchase], models, replays, no_evidence, run).empty
