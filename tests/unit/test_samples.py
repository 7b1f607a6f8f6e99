"""DuckDB draws the numbers that Python draws, and takes as many as are asked for."""

import duckdb
import numpy as np
import pandas as pd
import pytest

from tessera.hashing import hashed_shares
from tessera.samples import read_sample
from tessera.segmentation.sampling import SAMPLE, choose_customers

PEOPLE = pd.DataFrame(
    {
        "customer_id": [f"c{number:02}" for number in range(40)],
        "snapshot_at": pd.Timestamp("2026-01-01"),
        "is_new": [number < 10 for number in range(40)],
        "is_asked": [None if number == 39 else number % 2 == 0 for number in range(40)],
    }
)


@pytest.fixture
def relation():
    with duckdb.connect() as connection:
        connection.register("people", PEOPLE.sample(frac=1, random_state=3))
        yield connection.table("people")


def lowest(people, rows):
    places = np.argsort(hashed_shares(people["customer_id"], "purpose"))[:rows]
    return set(people["customer_id"].iloc[places])


def test_those_with_the_lowest_numbers_are_read_in_order(relation):
    read = read_sample(relation, 7, "purpose")
    assert read["customer_id"].tolist() == sorted(lowest(PEOPLE, 7))


def test_as_many_are_read_of_each_group(relation):
    read = read_sample(relation, 7, "purpose", among=["is_new", "is_asked"])
    asked = PEOPLE[PEOPLE["is_asked"].astype("boolean").fillna(value=False)]
    expected = lowest(PEOPLE[PEOPLE["is_new"]], 7) | lowest(asked, 7)
    assert read["customer_id"].tolist() == sorted(expected)


@pytest.mark.parametrize("rows", [10, 11])
def test_of_few_all_are_read(relation, rows):
    assert len(read_sample(relation, rows, "purpose", among=["is_new"])) == 10


@pytest.mark.parametrize("rows", [7, 39, 40, 41])
def test_from_the_sample_the_same_customers_are_chosen_as_from_all(relation, rows):
    chosen = choose_customers(read_sample(relation, rows, SAMPLE), rows)
    assert chosen["customer_id"].tolist() == choose_customers(PEOPLE, rows)["customer_id"].tolist()
