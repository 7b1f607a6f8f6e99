"""Who truly bought what, whatever a variant makes of it: the persons that all are judged on.

An order is a person's if every identifier on it that is one person's alone is hers. What persons
did later is read from their own orders, and the customer of a variant who stands for a person is
the one that her newest order belongs to. So all variants answer the same questions about the same
persons, also where they split or merge them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb
import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

ACTIVE_DAYS = 90
"""Who ordered within so many days can leave, as in the project's targets of churn."""

ORDER_PERSONS = """
with told as (
    select identifier_type, lower(trim(identifier_value)) as value, any_value(person) as person
    from read_parquet($identifiers)
    group by all
    having not bool_or(is_shared) and count(distinct person) = 1
),
written as (
    unpivot (
        select distinct
            order_id,
            cast(customer_ref as varchar) as customer_ref,
            cast(email as varchar) as email,
            cast(phone as varchar) as phone
        from read_parquet($orders)
    )
    on customer_ref, email, phone into name identifier_type value reference
)
select trim(written.order_id) as order_id, any_value(told.person) as person
from written
inner join told
    on told.identifier_type = written.identifier_type
    and told.value = lower(trim(written.reference))
group by all
having count(distinct told.person) = 1
order by order_id
"""
PERSONAS = """
select person, persona from read_parquet($personas)
where valid_from <= $as_of and (valid_to is null or valid_to > $as_of)
"""


@dataclass(frozen=True)
class Known:
    """The persons who had bought by an instant, as was known then: a row each, by person.

    Attributes
    ----------
    persons
        Their numbers, ascending.
    customer_ids
        Who stands for each in a variant.
    days_since_last
        Days since the last purchase.
    """

    persons: NDArray[np.int64]
    customer_ids: NDArray[np.object_]
    days_since_last: Floats


@dataclass(frozen=True)
class Later:
    """What persons did within so many days from an instant: shape (persons,)."""

    orders: Floats
    amount: Floats


def read_order_persons(shop: Path) -> pd.DataFrame:
    """Read whose each order is, ``order_id`` and ``person``; nobody's orders are left out."""
    files = {
        "identifiers": str(shop / "truth/identifiers/*.parquet"),
        "orders": str(shop / "orders/*.parquet"),
    }
    with duckdb.connect() as connection:
        return connection.execute(ORDER_PERSONS, files).df()


def read_personas(shop: Path, as_of: pd.Timestamp) -> pd.Series:
    """Read the persona of each person on a day."""
    told = {"personas": str(shop / "truth/personas/*.parquet"), "as_of": as_of}
    with duckdb.connect() as connection:
        return connection.execute(PERSONAS, told).df().set_index("person")["persona"]


def purchases_of(orders: pd.DataFrame, order_persons: pd.DataFrame) -> pd.DataFrame:
    """Return the purchases of persons: a variant's orders with ``person``, oldest first."""
    bought = orders[orders["is_purchase"]].merge(order_persons, on="order_id")
    return bought.sort_values(["ordered_at", "order_id"], ignore_index=True)


def known_before(purchases: pd.DataFrame, at: pd.Timestamp) -> Known:
    """Return who had bought by ``at``, and who stands for them."""
    is_known = (purchases["ordered_at"] < at) & (purchases["known_at"] < at)
    newest = purchases[is_known].groupby("person", sort=True).tail(1).sort_values("person")
    days = (at - newest["ordered_at"]).dt.total_seconds() / 86_400
    return Known(
        newest["person"].to_numpy(dtype=np.int64),
        newest["customer_id"].to_numpy(dtype=object),
        days.to_numpy(dtype=np.float64),
    )


def done_after(purchases: pd.DataFrame, known: Known, at: pd.Timestamp, days: int) -> Later:
    """Return what each of ``known`` bought in so many days from ``at`` on."""
    until = at + pd.Timedelta(days=days)
    within = purchases[(purchases["ordered_at"] >= at) & (purchases["ordered_at"] < until)]
    amounts = within.groupby("person")["amount"]
    counted, summed = amounts.count(), amounts.sum()
    return Later(
        counted.reindex(known.persons, fill_value=0).to_numpy(dtype=np.float64),
        summed.reindex(known.persons, fill_value=0.0).to_numpy(dtype=np.float64),
    )


def person_of_customer(purchases: pd.DataFrame) -> pd.Series:
    """Return by customer the person most of her purchases are of; of several the lowest number."""
    counted = purchases.groupby(["customer_id", "person"]).size().rename("orders").reset_index()
    counted = counted.sort_values(
        ["customer_id", "orders", "person"], ascending=[True, False, True]
    )
    return counted.groupby("customer_id")["person"].first()


def in_one_piece(purchases: pd.DataFrame, persons: NDArray[np.int64]) -> Floats:
    """Return 1 for whoever is one customer and shares it with nobody, else 0; shape (persons,)."""
    pairs = purchases[["customer_id", "person"]].drop_duplicates()
    people = pairs.groupby("customer_id")["person"].transform("size")
    is_alone = (people == 1).groupby(pairs["person"]).all()
    customers = pairs.groupby("person").size()
    is_whole = is_alone & (customers == 1)
    found: Floats = is_whole.reindex(persons, fill_value=False).to_numpy(dtype=np.float64)
    return found
