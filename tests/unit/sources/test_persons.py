"""Persons are told by truth alone: whose an order is, who stands for whom, what came later."""

from __future__ import annotations

import duckdb
import numpy as np
import pandas as pd
import pytest

from benchmarks.sources.persons import (
    done_after,
    in_one_piece,
    known_before,
    person_of_customer,
    purchases_of,
    read_order_persons,
)

AT = pd.Timestamp("2025-06-01")


@pytest.fixture
def purchases():
    """Person 1 is split into a and b, persons 2 and 3 are one customer c, person 4 is d."""
    rows = [
        ("o1", "a", 1, "2025-01-01", 10.0),
        ("o2", "a", 1, "2025-02-01", 10.0),
        ("o3", "b", 1, "2025-05-01", 10.0),
        ("o4", "c", 2, "2025-05-02", 20.0),
        ("o5", "c", 3, "2025-05-03", 30.0),
        ("o6", "d", 4, "2025-05-22", 40.0),
        ("o7", "a", 1, "2025-06-01", 50.0),
        ("o8", "c", 2, "2025-06-30", 60.0),
        ("o9", "c", 2, "2025-07-01", 70.0),
    ]
    frame = pd.DataFrame(
        rows, columns=["order_id", "customer_id", "person", "ordered_at", "amount"]
    )
    frame["ordered_at"] = pd.to_datetime(frame["ordered_at"])
    return frame.assign(known_at=frame["ordered_at"] + pd.Timedelta(minutes=1))


def test_who_stands_for_a_person_is_the_customer_of_the_newest_order(purchases):
    known = known_before(purchases, AT)
    assert known.persons.tolist() == [1, 2, 3, 4]
    assert known.customer_ids.tolist() == ["b", "c", "c", "d"]
    assert known.days_since_last.tolist() == [31, 30, 29, 10]


def test_an_order_that_was_written_down_later_is_not_known_yet(purchases):
    purchases.loc[2, "known_at"] = AT
    assert known_before(purchases, AT).customer_ids.tolist()[0] == "a"


def test_a_horizon_holds_its_first_instant_and_not_its_last(purchases):
    known = known_before(purchases, AT)
    later = done_after(purchases, known, AT, 30)
    assert later.orders.tolist() == [1, 1, 0, 0]
    assert later.amount.tolist() == [50.0, 60.0, 0.0, 0.0]


def test_a_customer_is_the_person_most_of_whose_orders_she_has(purchases):
    assert person_of_customer(purchases).to_dict() == {"a": 1, "b": 1, "c": 2, "d": 4}


def test_who_is_split_or_shares_a_customer_is_not_in_one_piece(purchases):
    assert in_one_piece(purchases, np.array([1, 2, 3, 4])).tolist() == [0, 0, 0, 1]


def test_an_order_is_hers_whose_identifiers_alone_it_names(tmp_path):
    told = """
        select * from (values
            (1, 'email', 'Ann@shop.example', false), (1, 'customer_ref', 'U1', false),
            (2, 'email', 'bob@shop.example', false), (3, 'email', 'both@shop.example', true)
        ) as rows (person, identifier_type, identifier_value, is_shared)
    """
    orders = """
        select * from (values
            ('ann', 'U1', ' ann@SHOP.example', null), ('twice', 'U1', 'bob@shop.example', null),
            ('shared', null, 'both@shop.example', null), ('nobody', null, null, null),
            ('half', 'U1', 'both@shop.example', null), ('half', 'U1', 'both@shop.example', null)
        ) as rows (order_id, customer_ref, email, phone)
    """
    for folder, query in (("truth/identifiers", told), ("orders", orders)):
        (tmp_path / folder).mkdir(parents=True)
        duckdb.sql(query).write_parquet(str(tmp_path / folder / "part-0.parquet"))
    found = read_order_persons(tmp_path)
    assert found.set_index("order_id")["person"].to_dict() == {"ann": 1, "half": 1}


def test_only_purchases_of_known_persons_count():
    orders = pd.DataFrame(
        {
            "order_id": ["late", "early", "cancelled", "nobody"],
            "ordered_at": pd.to_datetime(["2025-02-01", "2025-01-01", "2025-01-02", "2025-01-03"]),
            "is_purchase": [True, True, False, True],
        }
    )
    persons = pd.DataFrame({"order_id": ["late", "early", "cancelled"], "person": [1, 1, 1]})
    assert purchases_of(orders, persons)["order_id"].tolist() == ["early", "late"]
