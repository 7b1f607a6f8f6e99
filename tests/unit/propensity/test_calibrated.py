"""A calibration learns from earlier origins and other people, and is chosen by what followed."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from tessera.propensity import Target
from tessera.propensity.calibrated import calibrate
from tessera.propensity.labelled import Labelled
from tessera.propensity.protocol import Fold, Origin

TARGET = Target("churn_30d", 30)
MONTHS = pd.to_datetime(["2024-01-01", "2024-02-01", "2024-03-01", "2024-04-01"])
PEOPLE = 4_000


@dataclass(frozen=True)
class Says:
    """A model that says what stands in its one feature."""

    calibration: object = None

    def predict_probability(self, features):
        said = features["said"].to_numpy()
        return said if self.calibration is None else self.calibration.apply(said)


def origins_of(rows, folds=2):
    fold_of = np.tile(np.arange(PEOPLE) % folds, len(MONTHS))
    at = rows.snapshot_at.to_numpy()
    return [
        Origin(
            month,
            tuple(
                Fold(training=at < month, scored=(at == month) & (fold_of == fold))
                for fold in range(folds)
            ),
        )
        for month in MONTHS
    ]


def told(said_of, seed=1):
    """Return rows of four months, in which everybody does it as likely as drawn."""
    random = np.random.default_rng(seed)
    true = random.beta(1.0, 3.0, PEOPLE * len(MONTHS))
    rows = Labelled(
        features=pd.DataFrame({"said": said_of(true)}),
        labels=(random.random(len(true)) < true).astype(float),
        customer_ids=pd.Series(np.tile([f"c{n}" for n in range(PEOPLE)], len(MONTHS))),
        snapshot_at=pd.Series(np.repeat(MONTHS, PEOPLE)),
    )
    return rows, origins_of(rows)


def calibrated(rows, origins):
    return calibrate(rows, TARGET, origins, [[Says(), Says()] for _ in origins])


def boastful(true):
    return true**2 / (true**2 + (1 - true) ** 2)


def methods(found):
    return [[model.calibration.method for model in fits] for fits in found.models]


def test_what_is_right_already_is_left_alone():
    found = calibrated(*told(lambda true: true))
    assert found.published.method == "none"
    assert methods(found)[-1] == ["none", "none"]


def test_what_is_said_too_surely_is_calibrated_as_soon_as_something_is_known():
    found = calibrated(*told(boastful))
    assert found.published.method == "platt"
    assert methods(found) == [["none"] * 2, *[["platt"] * 2] * 3]
    assert found.log_losses["platt"] < found.log_losses["none"]


def test_a_bend_that_two_numbers_cannot_undo_takes_steps():
    found = calibrated(*told(lambda true: np.where(true < 0.3, 0.1 + true / 10, 0.9)))
    assert found.published.method == "isotonic"


def test_an_origin_is_not_taught_by_itself_nor_by_later_ones():
    rows, origins = told(boastful)
    changed = rows.labels.copy()
    late = (rows.snapshot_at >= MONTHS[2]).to_numpy()
    changed[late] = 1 - changed[late]
    other = Labelled(rows.features, changed, rows.customer_ids, rows.snapshot_at)
    before, after = calibrated(rows, origins), calibrated(other, origins)
    for place in (0, 1, 2):
        assert before.models[place] == after.models[place]
    assert before.models[3] != after.models[3]


def test_a_person_is_not_taught_by_themselves():
    rows, origins = told(boastful)
    changed = rows.labels.copy()
    own = np.tile(np.arange(PEOPLE) % 2 == 0, len(MONTHS))
    changed[own] = 1 - changed[own]
    other = Labelled(rows.features, changed, rows.customer_ids, rows.snapshot_at)
    before, after = calibrated(rows, origins), calibrated(other, origins)
    assert before.models[1][0] == after.models[1][0]
    assert before.models[1][1] != after.models[1][1]


def test_labels_that_close_after_an_origin_do_not_teach_at_it():
    rows, origins = told(boastful)
    found = calibrate(rows, Target("churn_60d", 60), origins, [[Says(), Says()] for _ in origins])
    assert methods(found)[:2] == [["none"] * 2] * 2
    assert methods(found)[3] == ["platt"] * 2


def test_without_origins_nothing_is_known():
    rows, _ = told(boastful)
    found = calibrate(rows, TARGET, [], [])
    assert (found.models, found.published.method, found.log_losses) == ([], "none", {})
