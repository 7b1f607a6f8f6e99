from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tessera.features import encoding
from tessera.hashing import hashed_shares
from tessera.metrics import roc_auc
from tessera.propensity import Target
from tessera.propensity.algorithms import LogisticModel
from tessera.propensity.labelled import labelled_rows
from tessera.propensity.protocol import (
    FOLDS,
    choose_origins,
    fit_origin,
    score_origin,
    score_origin_by_prevalence,
)


@pytest.fixture
def rows(training_set, churn):
    return labelled_rows(training_set, churn)


@pytest.fixture
def origins(rows, churn):
    return choose_origins(rows, churn)


def test_origins_are_the_newest_four_oldest_first(origins):
    assert [o.split for o in origins] == ["2026-07-01", "2026-08-01", "2026-09-01", "2026-10-01"]


def test_a_person_is_never_on_both_sides(rows, origins):
    for origin in origins:
        for fold in origin.folds:
            learnt = set(rows.customer_ids[fold.training])
            assert learnt
            assert not learnt & set(rows.customer_ids[fold.scored])


def test_training_rows_had_closed_before_the_origin(rows, origins, churn):
    for origin in origins:
        for fold in origin.folds:
            closed_at = rows.snapshot_at[fold.training] + churn.horizon
            assert (closed_at <= origin.snapshot_at).all()


@pytest.mark.parametrize(("horizon_days", "newest_known"), [(30, "2026-09-01"), (31, "2026-08-01")])
def test_a_label_that_closes_at_the_origin_is_known_and_one_a_day_later_is_not(
    rows, horizon_days, newest_known
):
    # The first of September is 30 days before the first of October.
    october = choose_origins(rows, Target("churn_30d", horizon_days))[-1]
    assert rows.snapshot_at[october.folds[0].training].max() == pd.Timestamp(newest_known)


def test_everybody_at_an_origin_is_scored_exactly_once(rows, origins):
    for origin in origins:
        times = np.sum([fold.scored for fold in origin.folds], axis=0)
        assert (times == (rows.snapshot_at == origin.snapshot_at)).all()


def test_a_person_stays_in_the_same_fold_at_every_origin(rows, origins):
    fold_of: dict[str, set[int]] = {}
    for origin in origins:
        for number, fold in enumerate(origin.folds):
            for customer in rows.customer_ids[fold.scored]:
                fold_of.setdefault(customer, set()).add(number)
    assert all(len(folds) == 1 for folds in fold_of.values())


def test_the_first_snapshot_is_no_origin_for_nothing_came_before(training_set, churn):
    three_months = training_set[training_set["snapshot_at"] < "2026-04-01"]
    found = choose_origins(labelled_rows(three_months, churn), churn)
    # February's own past, January, closes on 31 January: 30 days are enough.
    assert [o.split for o in found] == ["2026-02-01", "2026-03-01"]
    january = training_set[training_set["snapshot_at"] < "2026-02-01"]
    assert choose_origins(labelled_rows(january, churn), churn) == []


def test_a_past_of_one_class_is_no_ground_to_stand_on(training_set, churn):
    training_set.loc[training_set["snapshot_at"] < "2026-09-01", "label_churn_30d"] = False
    found = choose_origins(labelled_rows(training_set, churn), churn)
    assert [o.split for o in found] == ["2026-10-01"]


@pytest.mark.parametrize(("positives", "splits"), [(25, ["2026-02-01"]), (24, [])])
def test_an_origin_needs_twenty_of_each_class_in_every_fit(training_set, churn, positives, splits):
    two_months = training_set[training_set["snapshot_at"] < "2026-03-01"].copy()
    january = two_months[two_months["snapshot_at"] == "2026-01-01"]
    fold_of = (hashed_shares(january["customer_id"], "fold") * FOLDS).astype(int)
    # Five of each fold leave, so that every fit, which goes without one fold, sees twenty.
    leaving = january.groupby(fold_of).head(5).index[:positives]
    two_months["label_churn_30d"] = two_months.index.isin(leaving)
    found = choose_origins(labelled_rows(two_months, churn), churn)
    assert [origin.split for origin in found] == splits


def test_the_protocol_sees_a_planted_leak(training_set, churn):
    leaking = labelled_rows(
        training_set.assign(knows=training_set["label_churn_30d"].astype(float)), churn
    )
    origin = choose_origins(leaking, churn)[-1]
    models = fit_origin(leaking, origin, lambda: LogisticModel(seed=1), ["knows"])
    scored = score_origin(leaking, origin, models)
    assert roc_auc(scored.labels, scored.probabilities)[0] == 1.0


class Memory:
    """Knows by heart what it has seen, and nothing else."""

    def fit(self, features: pd.DataFrame, labels: np.ndarray) -> Memory:
        self.seen = dict(zip(features["code"], labels, strict=True))
        return self

    def predict_probability(self, features: pd.DataFrame) -> np.ndarray:
        return np.array([self.seen.get(code, 0.5) for code in features["code"]])


def test_knowing_people_by_heart_gains_nothing(training_set, churn):
    # Each person answers every month alike, so that random rows would give a memory an AUC of 1.
    code = training_set["customer_id"].str[1:].astype(float)
    by_heart = training_set.assign(label_churn_30d=code % 2 == 0, code=code)
    rows = labelled_rows(by_heart, churn)
    origin = choose_origins(rows, churn)[-1]
    scored = score_origin(rows, origin, fit_origin(rows, origin, Memory, ["code"]))
    assert set(scored.probabilities) == {0.5}


def test_prevalence_gives_everybody_the_same(rows, origins):
    scored = score_origin_by_prevalence(rows, origins[0])
    assert len(set(scored.probabilities)) == 1
    assert roc_auc(scored.labels, scored.probabilities)[0] == 0.5


def test_the_levels_of_a_text_are_learnt_from_the_training_part_of_a_fold_alone(
    training_set, churn, monkeypatch
):
    # each person lives in a country of her own: what a fold learns of it tells whom it has seen
    own_country = labelled_rows(training_set.assign(crm_country=training_set["customer_id"]), churn)
    monkeypatch.setattr(encoding, "LEVEL_SHARE", 0.0)
    monkeypatch.setattr(encoding, "MOST_LEVELS", 1000)
    origin = choose_origins(own_country, churn)[-1]
    models = fit_origin(own_country, origin, lambda: LogisticModel(seed=1), ["crm_country"])
    for fold, learnt in zip(origin.folds, models, strict=True):
        people = set(own_country.customer_ids[fold.training])
        assert set(learnt.encoding.levels["crm_country"]) == people
