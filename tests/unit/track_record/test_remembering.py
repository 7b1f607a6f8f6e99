"""Scores are remembered once a week, of the same customers, and not for ever."""

import pandas as pd
import pytest

from tessera import frames
from tessera.propensity import Target
from tessera.runs import Run
from tessera.track_record import REMEMBERED_SCORES_SCHEMA, remember_scores, remembering

CHURN = Target("churn_30d", 30)


def run_at(day, feeds_folder="shop"):
    return Run(f"run of {day}", pd.Timestamp("2026-11-22"), pd.Timestamp(day), feeds_folder, 7)


def scores_at(day, model_id="first", people=3):
    return pd.DataFrame(
        {
            "target": "churn_30d",
            "snapshot_at": pd.Timestamp(day),
            "customer_id": [f"c{number}" for number in range(people)],
            "probability": [number / people for number in range(people)],
            "model_id": model_id,
        }
    )


def remembered_after(*days, **scored):
    earlier = frames.empty(REMEMBERED_SCORES_SCHEMA)
    for day in days:
        earlier = remember_scores(scores_at(day, **scored), [CHURN], earlier, run_at(day))
        frames.typed(earlier, REMEMBERED_SCORES_SCHEMA)
    return earlier


def test_what_was_scored_is_remembered_with_the_end_of_its_horizon():
    remembered = remembered_after("2026-01-01")
    assert remembered["customer_id"].tolist() == ["c0", "c1", "c2"]
    assert remembered["closes_at"].unique().tolist() == [pd.Timestamp("2026-01-31")]


def test_builds_of_one_week_are_remembered_once():
    remembered = remembered_after("2026-01-01", "2026-01-07", "2026-01-08")
    assert remembered["snapshot_at"].dt.day.unique().tolist() == [1, 8]


def test_the_last_to_score_a_snapshot_is_the_one_remembered():
    earlier = remembered_after("2026-01-01")
    again = remember_scores(
        scores_at("2026-01-01", "second"), [CHURN], earlier, run_at("2026-01-01")
    )
    assert again["model_id"].tolist() == ["second"] * 3


def test_the_oldest_snapshots_are_let_go(monkeypatch):
    monkeypatch.setattr(remembering, "MOST_SNAPSHOTS", 2)
    remembered = remembered_after("2026-01-01", "2026-02-01", "2026-03-01")
    assert remembered["snapshot_at"].dt.month.unique().tolist() == [2, 3]


def test_a_large_shop_is_sampled_and_the_sample_stays(monkeypatch):
    monkeypatch.setattr(remembering, "MOST_CUSTOMERS", 5)
    remembered = remembered_after("2026-01-01", "2026-02-01", people=50)
    first, second = (rows["customer_id"].tolist() for _, rows in remembered.groupby("snapshot_at"))
    assert len(first) == 5
    assert first == second


def test_scores_of_another_shop_are_let_go():
    earlier = remembered_after("2026-01-01")
    other = run_at("2026-02-01", "other shop")
    after = remember_scores(scores_at("2026-02-01"), [CHURN], earlier, other)
    assert after["feeds_folder"].unique().tolist() == ["other shop"]


@pytest.mark.parametrize("earlier_day", ["2026-01-01", "2026-03-01"])
def test_a_build_that_scored_nobody_forgets_nothing(earlier_day):
    earlier = remembered_after(earlier_day)
    nobody = scores_at("2026-02-01").iloc[:0]
    after = remember_scores(nobody, [CHURN], earlier, run_at("2026-02-01"))
    assert after.equals(earlier)
