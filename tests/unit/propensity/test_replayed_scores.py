"""Past customers are scored as they would have been, in the segment of that day."""

import pandas as pd
import pytest

from tessera import frames
from tessera.propensity import REPLAYED_SCORES_SCHEMA, replay_scores


@pytest.fixture
def placed(training_set):
    """Segments of each day; of c0001 nothing is known."""
    is_known = training_set["customer_id"] != "c0001"
    assigned = training_set.loc[is_known, ["customer_id", "snapshot_at"]]
    return assigned.assign(segment_id="s1", segment_name="Regulars")


@pytest.fixture
def champion(models):
    return models[models["algorithm"] == "logistic_regression"]


def test_everybody_at_an_origin_is_told_once_with_what_happened(
    training_set, churn, champion, replays, placed, run
):
    scores = replay_scores(training_set, [churn], champion, replays, placed, run)
    assert frames.typed(scores, REPLAYED_SCORES_SCHEMA).num_rows == len(scores)
    assert not scores.duplicated(["target", "snapshot_at", "customer_id"]).any()
    assert (scores.groupby("snapshot_at")["customer_id"].nunique() == 120).all()
    happened = scores.merge(training_set, on=["snapshot_at", "customer_id"])
    assert (happened["label"] == happened["label_churn_30d"]).all()


def test_a_decile_is_a_tenth_of_its_origin(training_set, churn, champion, replays, placed, run):
    scores = replay_scores(training_set, [churn], champion, replays, placed, run)
    assert scores.groupby(["snapshot_at", "decile"]).size().between(6, 18).all()
    likeliest = scores[scores["decile"] == 1]["probability"].mean()
    assert likeliest > scores[scores["decile"] == 10]["probability"].mean()


def test_who_had_no_segment_that_day_has_none(training_set, churn, champion, replays, placed, run):
    scores = replay_scores(training_set, [churn], champion, replays, placed, run)
    nowhere = scores[scores["segment_id"].isna()]
    assert set(nowhere["customer_id"]) == {"c0001"}


def test_without_a_champion_nobody_is_scored(training_set, churn, models, replays, placed, run):
    scores = replay_scores(training_set, [churn], models.iloc[:0], replays, placed, run)
    pd.testing.assert_frame_equal(scores, frames.empty(REPLAYED_SCORES_SCHEMA))
