"""The sample that DuckDB chooses is the one that a fit would choose from everything."""

import duckdb
import numpy as np
import pandas as pd
import pytest

from tessera import frames
from tessera.propensity import Target, labelled, read_training_set
from tessera.propensity.labelled import labelled_rows

CHURN, PURCHASE = Target("churn_30d", 30), Target("purchase_30d", 30)
TARGETS = [CHURN, PURCHASE]


@pytest.fixture
def relation():
    """Forty customers at three snapshots; churn is asked of the first ten, purchases of most."""
    rows = pd.DataFrame(
        {
            "customer_id": [f"c{number:02}" for _ in range(3) for number in range(40)],
            "snapshot_at": np.repeat(pd.date_range("2024-01-01", periods=3, freq="MS"), 40),
            "orders_count_90d": np.arange(120.0),
        }
    )
    number = np.tile(np.arange(40), 3)
    rows["label_churn_30d"] = pd.Series(number % 2 == 0).where(number < 10)
    rows["label_purchase_30d"] = pd.Series(number % 3 == 0).where(number < 35)
    with duckdb.connect() as connection:
        connection.register("rows", rows)
        yield connection.sql("select * from rows")


def learnt_from(training_set, target):
    rows = labelled_rows(training_set, target)
    return rows.customer_ids.tolist(), rows.features["orders_count_90d"].tolist()


@pytest.mark.parametrize("most", [7, 20, 60, 1000])
def test_every_target_learns_from_the_same_rows_as_from_all_of_them(relation, most, monkeypatch):
    monkeypatch.setattr(labelled, "MAX_TRAINING_ROWS", most)
    everything = frames.read(relation, frames.SNAPSHOT_ORDER)
    read = read_training_set(relation, TARGETS)
    for target in TARGETS:
        assert learnt_from(read, target) == learnt_from(everything, target)
        assert len(learnt_from(read, target)[0]) <= most


def test_what_no_target_learns_from_is_not_read(relation, monkeypatch):
    monkeypatch.setattr(labelled, "MAX_TRAINING_ROWS", 40)
    read = read_training_set(relation, TARGETS)
    # all 30 answers about churn, and at most 40 about purchases
    assert 30 <= len(read) <= 30 + 40
    assert read["label_churn_30d"].notna().sum() == 30


def test_a_small_set_is_read_whole_even_rows_without_an_answer(relation):
    assert len(read_training_set(relation, TARGETS)) == 120
