"""At risk but recoverable: rules over published tables, beside the cells that RFM has for it.

Whoever is in that state in the truth buys often, has begun to lose interest, and would leave for a
reason that can be answered. They still buy: recency, by which RFM knows who is at risk, is the last
to tell. A rule here is what an analyst can write from ``customer_segments``,
``customer_propensities`` and ``customer_features``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tessera.segmentation.rivals import RFM_FEATURES, rfm_scores

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

CUSTOMERS = """
select
    segments.customer_id,
    segments.segment_id,
    segments.segment_name,
    propensities.probability as churn_30d,
    features.orders_count_180d,
    features.orders_count_365d,
    features.orders_days_since_last,
    features.orders_amount_sum_365d,
    features.tickets_count_90d
from marts.customer_segments as segments
inner join marts.customer_features as features using (customer_id)
left join marts.customer_propensities as propensities
    on segments.customer_id = propensities.customer_id and propensities.target = 'churn_30d'
order by segments.customer_id
"""
"""What the rules read: a row per customer, of published tables alone."""

REGULAR_ORDERS = 3
"""Orders in 180 days that make a regular: the truth's six a year."""


def churn_of_regulars(customers: pd.DataFrame) -> Floats:
    """Rank regulars by the chance that they stay away for 30 days."""
    return _of_regulars(customers, customers["churn_30d"])


def value_at_stake(customers: pd.DataFrame) -> Floats:
    """Rank regulars by that chance, times what they spent in a year."""
    return _of_regulars(customers, customers["churn_30d"] * customers["orders_amount_sum_365d"])


def complaints_of_regulars(customers: pd.DataFrame) -> Floats:
    """Rank regulars by tickets of 90 days per order of 180, then by the chance to stay away."""
    return _of_regulars(customers, _complaints(customers) + _tie(customers["churn_30d"]))


def complaints_and_churn(customers: pd.DataFrame) -> Floats:
    """Rank regulars by tickets per order, times the chance to stay away."""
    return _of_regulars(customers, (_complaints(customers) + 0.01) * customers["churn_30d"])


def fading_segments(customers: pd.DataFrame) -> Floats:
    """Rank the members of the segments that are told to be fading by value at stake."""
    is_fading = customers["segment_name"].isin(["At risk", "Slipping away"])
    stake = customers["churn_30d"] * customers["orders_amount_sum_365d"]
    return np.where(is_fading, stake.fillna(0.0), 0.0)


RULES: dict[str, Callable[[pd.DataFrame], Floats]] = {
    "regulars by churn_30d": churn_of_regulars,
    "regulars by churn_30d times spend": value_at_stake,
    "regulars by tickets per order": complaints_of_regulars,
    "regulars by tickets, times churn_30d": complaints_and_churn,
    "fading by churn_30d times spend": fading_segments,
}
"""Rules to choose from, on one shop: each ranks customers, 0 for whom it does not name."""


CELLS = {"RFM, R 1-2, F 3+, M 3+": 2, "RFM, R 1-3, F 3+, M 3+": 3}
"""Each cell's name, and its highest recency."""


def rfm_cells(customers: pd.DataFrame) -> dict[str, Flags]:
    """Return who is in RFM's cells of those at risk, among the buyers of a year.

    Scores 1 to 5 (Hughes 1994). "At risk": recency 1 or 2, frequency and spend 3 or more. The wider
    one also takes recency 3 ("need attention").
    """
    bought = (customers["orders_count_365d"] > 0).to_numpy()
    scores = rfm_scores(customers.loc[bought, list(RFM_FEATURES)].reset_index(drop=True))
    if scores is None:
        return {}
    recency, frequency, spend = (scores[name].to_numpy() for name in RFM_FEATURES)
    valuable = (frequency >= 3) & (spend >= 3)  # noqa: PLR2004 - the cell's own definition
    cells = {}
    for name, most in CELLS.items():
        cells[name] = np.zeros(len(customers), dtype=np.bool_)
        cells[name][bought] = valuable & (recency <= most)
    return cells


def highest(scores: Floats, customers: int) -> Flags:
    """Return the ``customers`` highest of those who are named at all, the first of equal ones.

    >>> highest(np.array([0.2, 0.9, 0.0, 0.9]), 2).tolist()
    [False, True, False, True]
    """
    chosen = np.argsort(-scores, kind="stable")[:customers]
    named = np.zeros(len(scores), dtype=np.bool_)
    named[chosen] = True
    return named & (scores > 0)


def _of_regulars(customers: pd.DataFrame, scores: pd.Series) -> Floats:
    is_regular = customers["orders_count_180d"] >= REGULAR_ORDERS
    return np.where(is_regular, scores.fillna(0.0), 0.0)


def _complaints(customers: pd.DataFrame) -> pd.Series:
    tickets = customers["tickets_count_90d"].fillna(0.0)
    complaints: pd.Series = tickets / customers["orders_count_180d"].clip(lower=1)
    return complaints


def _tie(chances: pd.Series) -> pd.Series:
    tie: pd.Series = chances.fillna(0.0) * 1e-3
    return tie
