from __future__ import annotations

import duckdb
import pandas as pd
import pytest

from tessera.segmentation.comparison import read_published


@pytest.fixture
def history():
    """What two models said of ann: the old one of March, the new one of all months."""
    rows = pd.DataFrame(
        [
            ("ann", "2024-01-01", "s1", "new", "first"),
            ("ann", "2024-03-01", "s1", "new", "first"),
            ("bob", "2024-02-01", "s2", "old", "first"),
            ("ann", "2024-02-01", "s9", "old", "another shop's"),
        ],
        columns=["customer_id", "snapshot_at", "segment_id", "model_id", "told_in_run_id"],
    )
    rows["snapshot_at"] = pd.to_datetime(rows["snapshot_at"])
    return duckdb.connect().from_df(rows)


@pytest.fixture
def models() -> pd.DataFrame:
    fitted = pd.to_datetime(["2023-12-01", "2024-03-01"])
    return pd.DataFrame({"model_id": ["old", "new"], "as_of": fitted})


def test_what_a_model_says_of_the_time_before_its_fit_is_left_out(history, models, a_run):
    past = pd.DataFrame({"snapshot_at": pd.to_datetime(["2024-01-01"])})
    told = read_published(history, models, past, a_run())
    assert told[["customer_id", "segment_id"]].to_numpy().tolist() == [["bob", "s2"], ["ann", "s1"]]


def test_without_a_past_nothing_was_told(history, models, a_run):
    past = pd.DataFrame({"snapshot_at": pd.Series(dtype="datetime64[us]")})
    assert read_published(history, models, past, a_run()).empty


def test_a_shop_without_customers_was_told_nothing(history, models, a_run):
    past = pd.DataFrame({"snapshot_at": pd.Series(dtype="datetime64[us]")})
    nobody = history.filter("false")
    assert read_published(nobody, models.iloc[:0], past, a_run()).empty
