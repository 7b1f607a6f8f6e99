"""What every algorithm must be able to do, whichever it is."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tessera.propensity.algorithms import (
    ALGORITHMS,
    BoostedTrees,
    LogisticModel,
    RecencyRule,
    boosted_trees,
    load_model,
)

RANDOM = np.random.default_rng(2)
ROWS = 800
DAYS = RANDOM.exponential(20.0, ROWS)
LABELS = (RANDOM.random(ROWS) < 1 / (1 + np.exp(2 - 0.08 * DAYS))).astype(float)
FEATURES = pd.DataFrame(
    {
        "orders_days_since_last": np.where(RANDOM.random(ROWS) < 0.05, np.nan, DAYS),
        "orders_amount_sum_90d": np.where(
            RANDOM.random(ROWS) < 0.3, np.nan, RANDOM.gamma(1, 50, ROWS)
        ),
        "orders_count_90d": RANDOM.poisson(4.0, ROWS).astype(float),
        "always_the_same": np.ones(ROWS),
        "never_there": np.full(ROWS, np.nan),
    }
)


def fitted(name: str):
    algorithm = ALGORITHMS[name](seed=7)
    names = algorithm.features_used(list(FEATURES.columns))
    return algorithm.fit(FEATURES[names], LABELS)


@pytest.mark.parametrize("name", ALGORITHMS)
def test_text_gives_back_the_same_model_to_the_bit(name):
    model = fitted(name)
    again = load_model(name, model.to_text())
    assert (again.predict_probability(FEATURES) == model.predict_probability(FEATURES)).all()
    assert (again.contributions(FEATURES) == model.contributions(FEATURES)).all()
    assert again.base_log_odds_ == model.base_log_odds_
    assert again.feature_names_ == model.feature_names_


@pytest.mark.parametrize("name", ALGORITHMS)
def test_contributions_sum_to_the_log_odds(name):
    model = fitted(name)
    probabilities = model.predict_probability(FEATURES)
    told = model.contributions(FEATURES).sum(axis=1) + model.base_log_odds_
    np.testing.assert_allclose(told, np.log(probabilities / (1 - probabilities)), atol=1e-9)


@pytest.mark.parametrize("name", ALGORITHMS)
def test_fitting_twice_gives_the_same_text(name):
    assert fitted(name).to_text() == fitted(name).to_text()


@pytest.mark.parametrize("name", ALGORITHMS)
def test_an_algorithm_finds_the_planted_signal(name):
    probabilities = fitted(name).predict_probability(FEATURES)
    assert probabilities[LABELS == 1].mean() > probabilities[LABELS == 0].mean() + 0.05


@pytest.mark.parametrize("name", ALGORITHMS)
def test_settings_are_plain_and_an_algorithm_says_nothing(name, capfd):
    model = fitted(name)
    load_model(name, model.to_text()).predict_probability(FEATURES)
    assert all(
        isinstance(value, str | int | float | bool | None) for value in model.settings.values()
    )
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("name", ALGORITHMS)
def test_columns_are_found_by_name_not_by_place(name):
    model = fitted(name)
    turned = FEATURES[FEATURES.columns[::-1]]
    assert (model.predict_probability(turned) == model.predict_probability(FEATURES)).all()


def test_threads_change_the_speed_of_trees_and_nothing_else(monkeypatch):
    alone = fitted("lightgbm").predict_probability(FEATURES)
    monkeypatch.setattr(boosted_trees, "ROWS_FOR_TWO_THREADS", 0)
    assert (fitted("lightgbm").predict_probability(FEATURES) == alone).all()


def test_the_recency_rule_ranks_as_the_days_do_and_never_ordered_as_unknown_ago():
    rule = fitted(RecencyRule.name)
    days = pd.DataFrame({"orders_days_since_last": [1.0, 10.0, rule.unknown_, np.nan]})
    near, far, longest, never = rule.predict_probability(days)
    assert near < far < longest
    assert never == longest


def test_a_missing_value_speaks_for_its_feature_in_the_logistic_regression():
    model = fitted(LogisticModel.name)
    assert model.contributions(FEATURES).shape == FEATURES.shape
    assert model.has_flag_.tolist() == [True, True, False, False, True]
    assert (model.contributions(FEATURES)[:, 3] == 0.0).all()


def test_a_long_tail_is_drawn_in_and_a_bell_is_not():
    features = pd.DataFrame(
        {"tail": RANDOM.lognormal(0, 1, ROWS), "bell": RANDOM.normal(0, 1, ROWS)}
    )
    assert LogisticModel(seed=1).fit(features, LABELS).is_logged_.tolist() == [True, False]


def test_the_seed_is_a_setting_of_the_trees():
    assert BoostedTrees(seed=1).settings != BoostedTrees(seed=2).settings


def test_an_unknown_algorithm_is_named_beside_the_known():
    with pytest.raises(KeyError, match=r"'forest'.*lightgbm"):
        load_model("forest", "")


def test_a_rule_of_its_own_reads_the_feature_that_it_is_given():
    rule = ALGORITHMS["one_feature_rule"](7, {"feature": "orders_count_90d"})
    assert rule.features_used(list(FEATURES.columns)) == ["orders_count_90d"]
    noisy = FEATURES["orders_count_90d"] + np.random.default_rng(1).normal(0.0, 3.0, ROWS)
    probabilities = rule.fit(FEATURES, (noisy > 4).to_numpy(dtype=float)).predict_probability(
        FEATURES
    )
    often = FEATURES["orders_count_90d"].rank(method="dense")
    assert (pd.Series(probabilities).rank(method="dense") == often).all()


def test_trees_follow_the_direction_that_a_target_demands():
    """What was learnt says the longer ago, the surer; a target that forbids it is obeyed."""
    days = pd.DataFrame(0.0, index=range(200), columns=FEATURES.columns)
    days["orders_days_since_last"] = np.linspace(0, 100, 200)
    steps = {
        sign: np.diff(
            ALGORITHMS["lightgbm"](7, {"monotone": {"orders_days_since_last": sign}})
            .fit(FEATURES, LABELS)
            .predict_probability(days)
        )
        for sign in (1, -1)
    }
    assert (steps[1] >= 0).all()
    assert steps[1].any()
    assert (steps[-1] <= 0).all()
