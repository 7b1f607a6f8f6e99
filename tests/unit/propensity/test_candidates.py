from __future__ import annotations

import dataclasses
import json

import pandas as pd
import pytest

from tessera import frames
from tessera.features import FeatureError
from tessera.propensity import PROPENSITY_MODELS_SCHEMA, Target, fit_candidates
from tessera.propensity.algorithms import ALGORITHMS


@pytest.fixture
def fitting_forbidden(monkeypatch):
    def refuse(*_):
        raise AssertionError("something was fitted")

    for algorithm in ALGORITHMS.values():
        monkeypatch.setattr(algorithm, "fit", refuse)


def test_each_target_gets_one_candidate_per_algorithm(models):
    assert sorted(models["algorithm"]) == sorted(set(ALGORITHMS) - {"one_feature_rule"})
    assert models["model_id"].is_unique
    assert set(models["target"]) == {"churn_30d"}


def test_a_row_says_what_the_model_learnt_from_and_until_when(models, training_set, run):
    row = models.set_index("algorithm").loc["recency_rule"]
    assert json.loads(row["feature_names"]) == ["orders_days_since_last"]
    assert row["trained_through"] == pd.Timestamp("2026-10-31")
    assert row["training_rows"] == len(training_set)
    assert row["trained_at"] == run.run_started_at
    assert "scikit-learn" in json.loads(row["settings"])["library"]


def test_the_registry_fits_its_schema_and_comes_back_the_same(models):
    table = frames.typed(models, PROPENSITY_MODELS_SCHEMA)
    assert frames.typed(table.to_pandas(), PROPENSITY_MODELS_SCHEMA).equals(table)


def test_two_calls_give_identical_frames(models, training_set, churn, no_models, run):
    again = fit_candidates(training_set, [churn], no_models, run)
    pd.testing.assert_frame_equal(again, models)


def test_a_second_run_over_the_same_data_fits_nothing(
    models, training_set, churn, next_run, fitting_forbidden
):
    again = fit_candidates(training_set, [churn], models, next_run)
    assert set(again["candidate_in_run_id"]) == {"second"}
    kept = [name for name in models.columns if name != "candidate_in_run_id"]
    pd.testing.assert_frame_equal(again[kept], models[kept])


def test_another_seed_names_other_models_so_that_no_interval_of_it_is_taken_over(
    models, training_set, churn, no_models, run
):
    other = fit_candidates(training_set, [churn], no_models, dataclasses.replace(run, seed=8))
    assert not set(other["model_id"]) & set(models["model_id"])
    assert all(json.loads(settings)["seed"] == 8 for settings in other["settings"])


def test_new_data_add_models_and_forget_none(models, training_set, churn, next_run):
    fewer = training_set[training_set["snapshot_at"] < "2026-10-01"]
    grown = fit_candidates(fewer, [churn], models, next_run)
    assert len(grown) == 2 * len(models)
    candidacy = grown.set_index("model_id")["candidate_in_run_id"]
    assert set(candidacy[models["model_id"]]) == {"first"}
    assert (candidacy == "second").sum() == len(models)


def current(models, run):
    return models[models["candidate_in_run_id"] == run.run_id]


def test_a_model_knows_the_versions_of_the_features_it_reads(training_set, churn, no_models, run):
    versions = {"orders_days_since_last": "1a2b", "orders_count_7d": "of no use to it"}
    models = fit_candidates(training_set, [churn], no_models, run, versions)
    row = models.set_index("algorithm").loc["recency_rule"]
    assert json.loads(row["feature_versions"]) == {"orders_days_since_last": "1a2b"}


def test_a_changed_definition_trains_anew_though_the_data_are_the_same(
    training_set, churn, no_models, run, next_run
):
    before, after = ({"orders_days_since_last": version} for version in ("1a2b", "3c4d"))
    models = fit_candidates(training_set, [churn], no_models, run, before)
    again = current(fit_candidates(training_set, [churn], models, next_run, after), next_run)
    assert not set(again["model_id"]) & set(models["model_id"])
    assert all("3c4d" in versions for versions in again["feature_versions"])
    other = {"orders_days_since_last": "1a2b", "tickets_count_7d": "new"}
    same = current(fit_candidates(training_set, [churn], models, next_run, other), next_run)
    assert list(same["model_id"]) == list(models["model_id"])


def test_a_model_from_before_versions_were_kept_is_no_candidate(
    models, training_set, churn, next_run
):
    older = models.assign(feature_versions=None, model_id="old " + models["model_id"])
    again = current(fit_candidates(training_set, [churn], older, next_run, {}), next_run)
    assert not set(again["model_id"]) & set(older["model_id"])
    assert again["feature_versions"].notna().all()


def test_an_empty_training_set_gives_a_typed_registry_of_no_rows(
    training_set, churn, no_models, run
):
    nothing = fit_candidates(training_set.head(0), [churn], no_models, run)
    assert frames.typed(nothing, PROPENSITY_MODELS_SCHEMA).num_rows == 0


def test_a_target_of_one_class_has_no_model_and_the_others_do(training_set, churn, no_models, run):
    both = training_set.assign(label_purchase_30d=True)
    fitted = fit_candidates(both, [churn, Target("purchase_30d", 30)], no_models, run)
    assert set(fitted["target"]) == {"churn_30d"}


def test_the_recency_rule_names_the_feature_it_lacks(training_set, churn, no_models, run):
    without = training_set.drop(columns="orders_days_since_last")
    with pytest.raises(FeatureError, match="'orders_days_since_last'"):
        fit_candidates(without, [churn], no_models, run)
