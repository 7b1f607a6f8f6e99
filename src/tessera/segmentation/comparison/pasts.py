"""The past instants at which segmentations are compared: who was there, and what came of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from tessera import frames
from tessera.features import numeric_features
from tessera.segmentation.outcomes import ORIGINS, Origin, past_origins
from tessera.segmentation.outcomes import OUTCOMES as FORWARD
from tessera.segmentation.reading import columns_read, declared_names, of_chosen
from tessera.segmentation.sampling import choose_customers

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

PASTS = ORIGINS
"""Instants that a figure is the mean of, and the fewest that one is told of."""

COMPARED_CUSTOMERS = 5_000
"""Customers looked at. An explained share is then known to about .02, differences in pairs to half
of that; each refit of each rival takes a quarter of a second."""

AMOUNT, CHURN, ORDERS = "amount_90d", "churn_90d", "orders_90d"
OUTCOMES = (AMOUNT, CHURN, ORDERS)

RECENT_ORDERS = "orders_count_90d"


def read_pasts(relation: Any, segment_features: Any) -> pd.DataFrame:
    """Read what segmentations are compared by.

    Parameters
    ----------
    relation
        What ``dbt.ref("training_set")`` returns.
    segment_features
        What ``dbt.ref("segment_features")`` returns: a row per feature.

    Returns
    -------
    DataFrame
        A row per customer and snapshot, of the newest whose 90 days are over: as many as are looked
        at and one before, of at most :data:`COMPARED_CUSTOMERS` customers. Of the columns as many
        as are there.
    """
    asked = dict.fromkeys([*columns_read(declared_names(segment_features)), RECENT_ORDERS])
    there = [name for name in asked if name in relation.columns]
    closed = relation.filter(f"{FORWARD[0]} is not null")
    newest = closed.project("snapshot_at").distinct().order("snapshot_at desc").limit(PASTS + 1)
    instants = [instant for (instant,) in newest.fetchall()]
    if instants:
        closed = closed.filter(f"snapshot_at >= timestamp '{min(instants).isoformat()}'")
    return frames.read(of_chosen(closed, COMPARED_CUSTOMERS), frames.SNAPSHOT_ORDER, there)


def choose_pasts(training_set: pd.DataFrame) -> list[Origin]:
    """Return the newest :data:`PASTS` snapshots with closed outcomes and one before them.

    ``outcomes`` holds :data:`OUTCOMES`, a number per customer; NaN for who is not asked.
    ``amount_90d`` is log(1 + spend), ``churn_90d`` is 1 for no order among those with one in the 90
    days before.
    """
    if any(name not in training_set.columns for name in FORWARD):
        return []
    origins = past_origins(choose_customers(training_set, COMPARED_CUSTOMERS))
    return [replace(origin, outcomes=_outcomes(origin.customers)) for origin in origins]


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
