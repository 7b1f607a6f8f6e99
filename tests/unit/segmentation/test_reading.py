"""Of a wide set only what counts is read. The shop of these tests has no other columns, so every
test beside this one shows that they are enough."""

import duckdb
import pytest

from tessera.segmentation import read_customers, read_past, reading, sampling


@pytest.fixture
def connection():
    with duckdb.connect() as opened:
        yield opened


def read(frame, segment_features, connection):
    wide = frame.assign(web_events_count_30d=7, crm_attr_shop="Linz", is_eligible_churn_30d=True)
    connection.register("wide", wide.sample(frac=1, random_state=5))
    connection.register("segment_features", segment_features)
    return read_customers(connection.table("wide"), connection.table("segment_features"))


def test_only_what_counts_is_read_of_the_customers_of_today(shop, segment_features, connection):
    customers = read(shop, segment_features, connection)
    assert set(customers.columns) == set(shop.columns)
    assert customers["customer_id"].tolist() == sorted(shop["customer_id"])


def test_of_past_snapshots_the_outcome_is_read_too_and_every_row(
    past, segment_features, connection
):
    rows = read(past, segment_features, connection)
    assert set(rows.columns) == set(past.columns)
    assert len(rows) == len(past)
    assert rows["snapshot_at"].is_monotonic_increasing


def test_of_the_past_only_the_customers_that_are_measured_are_read(
    past, segment_features, connection, monkeypatch
):
    monkeypatch.setattr(reading, "EVALUATION_CUSTOMERS", 7)
    connection.register("wide", past)
    connection.register("segment_features", segment_features)
    rows = read_past(connection.table("wide"), connection.table("segment_features"))
    chosen = sampling.choose_customers(past, 7)
    assert sorted(set(rows["customer_id"])) == sorted(set(chosen["customer_id"]))
    assert len(rows) == len(chosen) == 7 * 5


def test_few_customers_are_all_read(past, segment_features, connection):
    connection.register("wide", past)
    connection.register("segment_features", segment_features)
    rows = read_past(connection.table("wide"), connection.table("segment_features"))
    assert len(rows) == len(past)
