"""The gate reads the tables of a build; these are the ones of the shop in ../conftest.py."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from tessera import frames
from tessera.leaks import FINDING_SCHEMA
from tessera.propensity import Target
from tessera.propensity.labelled import Labelled
from tessera.propensity.leakage import MODEL_LEAKS_SCHEMA, find_model_leaks
from tessera.propensity.leakage.measures import previous_labels

CHURN = Target("churn_30d", 30)
NOTHING = frames.empty(FINDING_SCHEMA)


@pytest.fixture
def find(training_set, scoring_set, models, replays, evidence, run):
    def find(audited=NOTHING, as_of=run):
        return find_model_leaks(
            training_set, scoring_set, [CHURN], models, replays, evidence, audited, as_of
        )

    return find


def test_a_lawful_shop_has_no_findings_and_typed_columns(find):
    found = find()
    assert len(found) == 0
    assert frames.typed(found, MODEL_LEAKS_SCHEMA).num_rows == 0


def test_a_feature_that_the_audit_found_is_named_with_its_target(find):
    row = {"rule": "moved_without_the_future", "feature_name": "is_new", "customers_moved": 7}
    audited = pd.DataFrame([row], columns=FINDING_SCHEMA.names)
    found = find(audited)
    assert found[
        ["target", "rule", "severity", "feature_name", "observed"]
    ].to_numpy().tolist() == [["churn_30d", "recomputation", "critical", "is_new", 7.0]]


def test_a_shop_without_a_past_to_delete_is_no_leak(find):
    audited = pd.DataFrame(
        [{"rule": "nothing_to_delete", "feature_name": "is_new"}], columns=FINDING_SCHEMA.names
    )
    assert len(find(audited)) == 0


def test_labels_that_had_not_closed_are_told(find, run):
    found = find(as_of=replace(run, as_of=pd.Timestamp("2026-10-30")))
    assert found[["rule", "observed"]].to_numpy().tolist() == [["label_not_closed", 120.0]]


def test_a_target_without_candidates_has_nothing_to_be_published(find, run):
    assert len(find(as_of=replace(run, run_id="another"))) == 0


def test_the_answer_of_the_last_horizon_is_looked_up_by_customer():
    rows = Labelled(
        features=pd.DataFrame({"x": [0.0] * 5}),
        labels=np.array([1.0, 0.0, 0.0, 1.0, 1.0]),
        customer_ids=pd.Series(["ann", "bob", "ann", "bob", "cem"]),
        snapshot_at=pd.to_datetime(
            pd.Series(["2026-01-01", "2026-01-01", "2026-02-01", "2026-02-01", "2026-02-01"])
        ),
    )
    before = previous_labels(rows, pd.Timedelta(days=30))
    np.testing.assert_array_equal(before, [np.nan, np.nan, 1.0, 0.0, np.nan])
