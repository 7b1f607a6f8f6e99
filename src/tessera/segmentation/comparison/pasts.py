"""The past instants at which segmentations are compared: who was there, and what came of them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from tessera import frames
from tessera.features import numeric_features
from tessera.segmentation.reading import columns_read
from tessera.segmentation.sampling import choose_customers

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

PASTS = 3
"""Instants that a figure is the mean of, and the fewest that one is told of: with fewer, one
holiday season decides it."""

PAST_CUSTOMERS_AT_LEAST = 30
"""Closed outcomes below which an instant says nothing: eight groups of less than four people."""

COMPARED_CUSTOMERS = 5_000
"""Customers looked at. An explained share is then known to about .02, differences in pairs to half
of that; each refit of each rival takes a quarter of a second."""

AMOUNT, CHURN, ORDERS = "amount_90d", "churn_90d", "orders_90d"
OUTCOMES = (AMOUNT, CHURN, ORDERS)

FORWARD = ("outcome_amount_90d", "outcome_orders_90d")
RECENT_ORDERS = "orders_count_90d"


@dataclass(frozen=True)
class Past:
    """A past instant.

    Attributes
    ----------
    before
        Rows of the snapshot just before: what a segmentation may be fitted on.
    customers
        Rows of the snapshot itself whose outcome is known.
    outcomes
        Per outcome a number per row of ``customers``; NaN for who is not asked. ``amount_90d`` is
        log(1 + spend), ``churn_90d`` is 1 for no order among those with one in the 90 days before.
    """

    before: pd.DataFrame
    customers: pd.DataFrame
    outcomes: dict[str, Floats]


def read_pasts(relation: Any) -> pd.DataFrame:
    """Read what segmentations are compared by from ``dbt.ref("training_set")``.

    Returns
    -------
    DataFrame
        A row per customer and snapshot, of the newest whose 90 days are over: as many as are looked
        at and one before. Of the columns as many as are there.
    """
    asked = dict.fromkeys([*columns_read(), RECENT_ORDERS, *FORWARD])
    there = [name for name in asked if name in relation.columns]
    closed = relation.filter(f"{FORWARD[0]} is not null")
    newest = closed.project("snapshot_at").distinct().order("snapshot_at desc").limit(PASTS + 1)
    instants = [instant for (instant,) in newest.fetchall()]
    if instants:
        closed = closed.filter(f"snapshot_at >= timestamp '{min(instants).isoformat()}'")
    return frames.read(closed, frames.SNAPSHOT_ORDER, there)


def choose_pasts(training_set: pd.DataFrame) -> list[Past]:
    """Return the newest :data:`PASTS` snapshots with closed outcomes and one before them."""
    if any(name not in training_set.columns for name in FORWARD):
        return []
    chosen = choose_customers(training_set, COMPARED_CUSTOMERS)
    snapshots = dict(iter(chosen.groupby("snapshot_at", sort=True)))
    pasts = []
    for earlier, instant in pairwise(snapshots):
        rows = snapshots[instant]
        closed = rows[rows[list(FORWARD)].notna().all(axis=1)].reset_index(drop=True)
        if len(closed) >= PAST_CUSTOMERS_AT_LEAST:
            pasts.append(Past(snapshots[earlier], closed, _outcomes(closed)))
    return pasts[-PASTS:]


def _outcomes(customers: pd.DataFrame) -> dict[str, Floats]:
    spend, orders = (customers[name].to_numpy(dtype=np.float64) for name in FORWARD)
    stayed_away = np.where(orders > 0, 0.0, 1.0)
    return {
        # Returns can exceed purchases; a loss explains nothing more than no purchase.
        AMOUNT: np.log1p(np.maximum(spend, 0.0)),
        CHURN: np.where(recent(customers, RECENT_ORDERS) > 0, stayed_away, np.nan),
        ORDERS: orders,
    }


def recent(customers: pd.DataFrame, feature: str) -> Floats:
    """Return a feature as numbers, 0 where it is not known or not there."""
    if feature not in customers.columns:
        return np.zeros(len(customers))
    values = numeric_features(customers, (feature,))[feature]
    known: Floats = values.fillna(0.0).to_numpy(dtype=np.float64)
    return known
