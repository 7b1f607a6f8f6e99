"""A promise is open, then settled once, and a replay settles it by what was known that day."""

import duckdb
import pandas as pd
import pytest

from tessera import frames
from tessera.runs import Run
from tessera.track_record import KEPT_PROMISES_SCHEMA, keep_promises

JANUARY, CLOSED = pd.Timestamp("2026-01-01"), pd.Timestamp("2026-01-31")
EVALUATIONS = pd.DataFrame(
    {
        "model_id": ["m1", "m1", "m2"],
        "split": ["all_origins", "2025-12-01", "all_origins"],
        "metric": "roc_auc",
        "value": [0.8, 0.1, 0.2],
        "low": [0.7, 0.1, 0.2],
        "high": [0.9, 0.1, 0.2],
    }
)


def outcomes(labels, known=(True, True, True, True)):
    """Four customers of January, the likelier the later; labels of None: the horizon is open."""
    rows = pd.DataFrame(
        {
            "target": "churn_30d",
            "snapshot_at": JANUARY,
            "model_id": "m1",
            "customer_id": ["a", "b", "c", "d"],
            "probability": [0.1, 0.2, 0.3, 0.4],
            "closes_at": CLOSED,
            "is_closed": labels is not None,
            "is_known": known if labels is not None else False,
            "label": pd.array(labels or [None] * 4, dtype="boolean"),
        }
    )
    return duckdb.connect().from_df(rows)


def kept(relation, as_of, earlier=None):
    run = Run(f"run as of {as_of}", pd.Timestamp("2026-11-22"), pd.Timestamp(as_of), "shop", 7)
    before = frames.empty(KEPT_PROMISES_SCHEMA) if earlier is None else earlier
    told = keep_promises(relation, EVALUATIONS, before, run)
    return frames.typed(told, KEPT_PROMISES_SCHEMA).to_pandas()


def auc_of(promises):
    return promises[promises["metric"] == "roc_auc"].reset_index(drop=True)


def test_an_open_promise_is_told_without_an_outcome():
    promise = auc_of(kept(outcomes(None), "2026-01-01"))
    assert promise["promised_value"].tolist() == [0.8]
    assert promise[["realised_value", "gap", "realised_as_of"]].isna().all(axis=None)


def test_when_the_horizon_closes_the_promise_meets_what_happened():
    # c and d outrank a; b, who came true as well, outranks a only: 3 pairs of 4 won
    opened = kept(outcomes(None), "2026-01-01")
    settled = auc_of(kept(outcomes([False, True, False, True]), "2026-03-01", opened))
    assert settled["realised_value"].tolist() == [0.75]
    assert settled["gap"].tolist() == pytest.approx([-0.05])
    assert settled["positives"].tolist() == [2]


def test_all_metrics_of_a_promise_are_told_once():
    opened = kept(outcomes(None), "2026-01-01")
    settled = kept(outcomes([False, True, False, True]), "2026-03-01", opened)
    assert len(settled) == settled["metric"].nunique() == 6


def test_a_settled_promise_never_changes():
    settled = kept(outcomes([False, True, False, True]), "2026-03-01")
    later = kept(outcomes([True, False, False, False]), "2026-04-01", settled)
    pd.testing.assert_frame_equal(later, settled)


def test_a_replay_settles_by_what_was_known_that_day():
    settled = kept(outcomes([False, True, False, True]), "2026-03-01")
    replayed = auc_of(kept(outcomes([False, False, False, True]), "2026-02-15", settled))
    assert replayed["realised_value"].tolist() == [1.0, 0.75]


def test_who_is_known_no_more_is_counted_and_judged_by_nobody():
    gone = (True, False, True, True)
    settled = auc_of(kept(outcomes([False, True, False, True], gone), "2026-03-01"))
    assert settled["customers_scored"].tolist() == [4]
    assert settled["customers_seen_again"].tolist() == [3]
    assert settled["realised_value"].tolist() == [1.0]


def test_a_model_without_a_quoted_evaluation_promises_nothing():
    relation = outcomes([False, True, False, True]).project("* replace ('m9' as model_id)")
    promise = auc_of(kept(relation, "2026-03-01"))
    assert promise[["promised_value", "gap"]].isna().all(axis=None)
    assert promise["realised_value"].tolist() == [0.75]
