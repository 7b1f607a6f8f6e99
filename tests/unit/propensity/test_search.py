"""A search must find what is better beyond doubt, and see nothing that a score card is of."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from tessera.propensity import search
from tessera.propensity.algorithms import BoostedTrees
from tessera.propensity.labelled import labelled_rows
from tessera.propensity.protocol import choose_origins


class Knob:
    """Ranks by the days when turned to 'days', and by nothing at all otherwise."""

    name = "knob"
    search_space = {"turned_to": ("nothing", "days", "noise", "nothing", "noise")}  # noqa: RUF012 - a stand-in
    adjustable = frozenset({"turned_to"})
    fitted_rows: list[int] = []  # noqa: RUF012

    def __init__(self, seed, adjusted=None):
        self.turned_to = (adjusted or {}).get("turned_to", "nothing")

    def fit(self, X, y):  # noqa: N803
        self.fitted_rows.append(len(y))
        return self

    def predict_probability(self, X):  # noqa: N803
        days = X["orders_days_since_last"].to_numpy()
        told = {"days": days / 1000, "nothing": days * 0 + 0.5, "noise": np.sin(days * 1e4) / 4}
        return told[self.turned_to] + 0.25


@pytest.fixture
def rows(training_set, churn):
    Knob.fitted_rows.clear()
    return labelled_rows(training_set, churn)


def found(rows, target):
    return search.search(rows, target, Knob, {}, list(rows.features.columns), seed=3)


def test_few_answers_are_not_searched(rows, churn):
    assert found(rows, churn) == search.Tuning()
    assert Knob.fitted_rows == []


def test_what_ranks_better_is_found_in_what_the_oldest_origin_knew(rows, churn, monkeypatch):
    monkeypatch.setattr(search, "FEW_OF_A_CLASS", 30)
    oldest = choose_origins(rows, churn)[0].snapshot_at
    tuning = found(rows, churn)
    assert tuning == search.Tuning({"turned_to": "days"}, oldest)
    closed = int((rows.snapshot_at + churn.horizon <= oldest).sum())
    assert max(Knob.fitted_rows) < closed
    assert tuning.as_settings() == {"tuned": {"turned_to": "days"}, "tuned_at": oldest.isoformat()}


def test_what_is_no_better_beyond_doubt_is_left(rows, churn, monkeypatch):
    monkeypatch.setattr(search, "FEW_OF_A_CLASS", 30)
    monkeypatch.setattr(Knob, "search_space", {"turned_to": ("nothing", "noise") * 3})
    assert found(rows, churn).settings == {}


def test_an_algorithm_without_anything_to_search_is_fitted_once(rows, churn, monkeypatch):
    monkeypatch.setattr(Knob, "search_space", {})
    assert found(rows, churn) == search.Tuning()
    assert search.described(Knob) == {}


def test_what_was_found_is_not_used_before_it_could_be_known():
    said = BoostedTrees(7, {"monotone": {"days": 1}}).settings
    text = json.dumps({**said, "tuned": {"num_leaves": 31}, "tuned_at": "2026-05-01T00:00:00"})
    before = search.settings_at(BoostedTrees, text, pd.Timestamp("2026-04-01"))
    after = search.settings_at(BoostedTrees, text, pd.Timestamp("2026-05-01"))
    assert before["num_leaves"] == 5
    assert after == {**before, "num_leaves": 31}
    assert before["monotone"] == {"days": 1}
