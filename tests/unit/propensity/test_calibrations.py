"""Calibrations are kept as long as their candidate stands, and learnt once."""

import pandas as pd
import pytest

from tessera import frames
from tessera.propensity import (
    PROPENSITY_CALIBRATIONS_SCHEMA,
    calibrate_candidates,
    with_calibrations,
)
from tessera.propensity.calibration import Calibration

NOTHING = frames.empty(PROPENSITY_CALIBRATIONS_SCHEMA)


@pytest.fixture
def calibrations(training_set, churn, models, replays, run):
    return calibrate_candidates(training_set, [churn], models, replays, NOTHING, run)


def test_each_candidate_has_one_that_can_be_read_back(calibrations, models):
    assert frames.typed(calibrations, PROPENSITY_CALIBRATIONS_SCHEMA).num_rows == len(models)
    assert set(calibrations["model_id"]) == set(models["model_id"])
    read = [Calibration.from_text(text).method for text in calibrations["calibration"]]
    assert read == calibrations["method"].tolist()
    assert calibrations[["log_loss_none", "log_loss_platt"]].notna().all(axis=None)


def test_what_is_remembered_is_not_learnt_again(
    calibrations, training_set, churn, models, replays, run
):
    known = calibrations.assign(run_id="before")
    nobody = training_set.iloc[:0]  # of whom nothing can be learnt
    again = calibrate_candidates(nobody, [churn], models, replays, known, run)
    pd.testing.assert_frame_equal(again, known)


def test_what_is_no_candidate_any_more_is_let_go(
    calibrations, training_set, churn, models, replays, next_run
):
    left = calibrate_candidates(training_set, [churn], models, replays, calibrations, next_run)
    assert left.empty


def test_a_model_that_nothing_is_known_of_stays_as_it_is(models):
    assert with_calibrations(models, NOTHING)["calibration"].tolist() == [None] * len(models)
