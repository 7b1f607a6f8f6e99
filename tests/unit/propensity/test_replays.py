from __future__ import annotations

import pandas as pd
import pytest

from tessera import frames
from tessera.propensity import PROPENSITY_REPLAYS_SCHEMA, fit_replays
from tessera.propensity.labelled import labelled_rows
from tessera.propensity.protocol import FOLDS, choose_origins
from tessera.propensity.replays import load_replays
from tessera.registry import RegistryError


@pytest.fixture
def origins(training_set, churn):
    return choose_origins(labelled_rows(training_set, churn), churn)


def test_each_candidate_is_fitted_once_per_origin_and_fold(replays, models, origins):
    counts = replays.groupby("model_id").size()
    assert counts.to_dict() == dict.fromkeys(models["model_id"], len(origins) * FOLDS)
    assert set(replays["origin_at"]) == {origin.snapshot_at for origin in origins}


def test_replays_fit_their_schema_and_come_back_the_same(replays):
    table = frames.typed(replays, PROPENSITY_REPLAYS_SCHEMA)
    assert frames.typed(table.to_pandas(), PROPENSITY_REPLAYS_SCHEMA).equals(table)


def test_replays_of_models_that_are_no_candidates_are_let_go(
    replays, models, training_set, churn, next_run
):
    trees = models["algorithm"] == "lightgbm"
    still = models.assign(candidate_in_run_id=trees.map({True: "second", False: "first"}))
    kept = fit_replays(training_set, [churn], still, replays, next_run)
    assert set(kept["algorithm"]) == {"lightgbm"}
    of_trees = replays[replays["algorithm"] == "lightgbm"].reset_index(drop=True)
    pd.testing.assert_frame_equal(kept, of_trees)


def test_an_origin_without_its_fits_is_named(replays, models, origins):
    model_id = models.loc[0, "model_id"]
    without = replays[replays["origin_at"] != origins[-1].snapshot_at]
    with pytest.raises(RegistryError, match=rf"0 fits of model {model_id} at 2026-10-01, of 5"):
        load_replays(without, model_id, origins)


def test_models_come_back_by_origin_and_fold(replays, models, training_set, churn, origins):
    trees = models.set_index("algorithm").loc["lightgbm", "model_id"]
    rows = labelled_rows(training_set, churn)
    loaded = load_replays(replays.iloc[::-1], trees, origins)
    told = replays.set_index(["model_id", "origin_at", "fold"])["model_text"]
    for origin, by_fold in zip(origins, loaded, strict=True):
        for fold, model in enumerate(by_fold):
            assert model.algorithm.to_text() == told[trees, origin.snapshot_at, fold]
            assert len(model.predict_probability(rows.features)) == len(rows)
