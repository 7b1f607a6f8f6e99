"""Scores are counted in bins that stay, beside those of the build before over the same feeds."""

from dataclasses import replace

import pandas as pd
import pytest

from tessera import frames
from tessera.propensity import SCORE_DISTRIBUTIONS_SCHEMA, distribute_scores

NOTHING = frames.empty(SCORE_DISTRIBUTIONS_SCHEMA)
SCORES = pd.DataFrame({"target": "churn_30d", "probability": [0.0, 0.05, 0.1, 1.0]})
MOVED = SCORES.assign(probability=0.95)


@pytest.fixture
def first(run):
    return distribute_scores(SCORES, NOTHING, run)


def test_bins_are_closed_below_and_the_last_holds_certainty(first):
    assert frames.typed(first, SCORE_DISTRIBUTIONS_SCHEMA).num_rows == 10
    assert first["customers"].tolist() == [2, 1, 0, 0, 0, 0, 0, 0, 0, 1]
    assert first["share"].sum() == 1
    assert first["previous_share"].isna().all()


def test_the_next_build_stands_beside_this_one(first, next_run):
    second = distribute_scores(MOVED, first, next_run)
    assert second["previous_share"].tolist() == first["share"].tolist()
    assert set(second["previous_run_id"]) == {"first"}


def test_a_build_run_once_more_is_not_compared_with_itself(first, next_run):
    second = distribute_scores(MOVED, first, next_run)
    again = distribute_scores(MOVED, second, next_run)
    pd.testing.assert_frame_equal(again, second)


def test_another_folder_of_feeds_is_another_company(first, next_run):
    elsewhere = replace(next_run, feeds_folder="another shop")
    assert distribute_scores(MOVED, first, elsewhere)["previous_share"].isna().all()


def test_no_scores_no_rows(first, run):
    assert distribute_scores(SCORES.iloc[:0], first, run).empty
