"""Too few answers, or one answer only, end in no model and no number: never in a bad one."""

import numpy as np
import pandas as pd
import pytest

from tessera.propensity import (
    evaluate_candidates,
    fit_candidates,
    fit_replays,
    label_supply,
    score_customers,
)
from tessera.propensity.leakage import find_model_leaks


def everybody_stays(training_set):
    return training_set["label_churn_30d"] & False


def everybody_leaves(training_set):
    return training_set["label_churn_30d"] | True


def one_in_twenty_leaves(training_set):
    return pd.Series(np.arange(len(training_set)) % 20 == 0, dtype="boolean")


def nothing_is_known_yet(training_set):
    return pd.Series(pd.NA, index=training_set.index, dtype="boolean")


@pytest.fixture(
    params=[everybody_stays, everybody_leaves, one_in_twenty_leaves, nothing_is_known_yet]
)
def bad_set(request, training_set):
    return training_set.assign(label_churn_30d=request.param(training_set))


@pytest.fixture
def remembered(no_models, no_replays, no_evidence):
    return no_models, no_replays, no_evidence


def test_without_enough_of_both_answers_nothing_is_fitted_judged_or_scored(
    bad_set, scoring_set, churn, remembered, run
):
    no_models, no_replays, no_evidence = remembered
    assert label_supply(bad_set, churn).grade == "refuse"
    models = fit_candidates(bad_set, [churn], no_models, run)
    replays = fit_replays(bad_set, [churn], models, no_replays, run)
    evidence = evaluate_candidates(bad_set, [churn], models, replays, no_evidence, run)
    audited = pd.DataFrame(columns=["rule", "feature_name", "customers_moved"])
    leaks = find_model_leaks(bad_set, scoring_set, [churn], models, replays, evidence, audited, run)
    assert [len(each) for each in (models, replays, evidence, leaks)] == [0, 0, 0, 0]
    assert list(score_customers([scoring_set], models, run)) == []


def test_a_model_of_better_days_is_no_candidate_once_the_answers_are_too_few(
    bad_set, churn, models, no_replays, no_evidence, next_run
):
    grown = fit_candidates(bad_set, [churn], models, next_run)
    assert set(grown["candidate_in_run_id"]) == {"first"}
    replays = fit_replays(bad_set, [churn], grown, no_replays, next_run)
    assert evaluate_candidates(bad_set, [churn], grown, replays, no_evidence, next_run).empty
