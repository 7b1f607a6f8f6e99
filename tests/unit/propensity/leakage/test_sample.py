"""Of a large shop a part is looked at: whole customers, always the same ones."""

import duckdb
import pandas as pd

from tessera.hashing import hashed_shares
from tessera.propensity.leakage import read_scoring_sample, sample


def read(customers):
    rows = pd.DataFrame({"customer_id": customers, "snapshot_at": pd.Timestamp("2026-01-01")})
    with duckdb.connect() as connection:
        connection.register("rows", rows)
        return read_scoring_sample(connection.sql("select * from rows"))["customer_id"].tolist()


def test_a_small_shop_is_read_whole():
    assert read(["bob", "ann"]) == ["ann", "bob"]


def test_of_a_large_shop_the_customers_of_the_lowest_numbers_are_read(monkeypatch):
    monkeypatch.setattr(sample, "MOST_ROWS", 3)
    customers = pd.Series([f"c{number}" for number in range(10)])
    shares = pd.Series(hashed_shares(customers, sample.SAMPLE), index=customers)
    assert read(customers) == sorted(shares.nsmallest(3).index)
