"""Which customers are looked at when not all can be: drawn by their name, the same in every run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tessera.hashing import hashed_shares

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

SAMPLE = "segment sample"
"""What the numbers are for by which customers are chosen."""
EVALUATION_CUSTOMERS = 4_000
"""Customers that refits and trees look at. An adjusted Rand index or an explained share is then
known to about .02, and thirty candidates take half a minute in any shop."""
LEFT_OUT_SHARE = 0.3
"""Share of customers that no tree is fitted on; they measure its fidelity."""


def in_order(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows ordered by customer and snapshot, numbered afresh."""
    keys = ["customer_id", "snapshot_at"]
    ordered: pd.DataFrame = frame.sort_values(keys, kind="stable", ignore_index=True)
    return ordered


def choose_customers(frame: pd.DataFrame, limit: int) -> pd.DataFrame:
    """Return all rows of at most ``limit`` customers, in order.

    A row of ``frame`` is a customer, or a customer at a snapshot. Few enough are all chosen.
    """
    ordered = in_order(frame)
    if len(ordered) <= limit:
        return ordered
    shares = hashed_shares(ordered["customer_id"], SAMPLE)
    distinct = np.unique(shares)
    if len(distinct) <= limit:
        return ordered
    chosen: pd.DataFrame = ordered[shares < distinct[limit]].reset_index(drop=True)
    return chosen


def is_left_out(customer_ids: pd.Series) -> NDArray[np.bool_]:
    """Return which customers no tree is fitted on, so that its fidelity is measured on them."""
    left_out: NDArray[np.bool_] = hashed_shares(customer_ids, "segment tree") < LEFT_OUT_SHARE
    return left_out
