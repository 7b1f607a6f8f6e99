"""What a customer would look like if all of the window had gone like its last part.

A sum over 180 days changes for two reasons: something came in, or something of half a year ago
fell out. Only the first is news. So beside the customer as she is stands her recent twin, whose
sums and counts are those of the short window at the same daily rate.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

TENURE = "orders_days_since_first"
"""How long a customer is known: a window is not longer than that."""

_WINDOWED = re.compile(r"(?P<stem>.+)_(?P<window>\d+d|lifetime)")
_ADDITIVE = re.compile(r"_(count|sum)$")
_DISTINCT = "_distinct_"


def recent_columns(features: Iterable[str], days: int) -> dict[str, str]:
    """Return, for each feature that adds up over a longer window, its column of ``days`` days.

    Counts of different things do not add up: half the range may have been seen in a tenth of the
    time. Averages and shares are kept as they are.

    >>> recent_columns(["orders_count_180d", "orders_amount_avg_365d"], 90)
    {'orders_count_180d': 'orders_count_90d'}
    """
    found = {}
    for name in features:
        parts = _WINDOWED.fullmatch(name)
        if not parts or _DISTINCT in name or not _ADDITIVE.search(parts["stem"]):
            continue
        if window_days(parts["window"]) > days:
            found[name] = f"{parts['stem']}_{days}d"
    return found


def columns_beside(features: Iterable[str], days: int) -> list[str]:
    """Return what has to be read beside the features, to make the recent twin."""
    return [*recent_columns(features, days).values(), TENURE]


def recent_twin(customers: pd.DataFrame, features: Iterable[str], days: int) -> pd.DataFrame:
    """Return ``customers`` with the sums and counts of long windows told by the last ``days``.

    Parameters
    ----------
    customers
        A row per customer at a snapshot. A short column that is not there, or is NULL, leaves the
        long one.
    features
        What the model reads.
    days
        The length of the recent window.
    """
    there = {
        long: short
        for long, short in recent_columns(features, days).items()
        if short in customers.columns and TENURE in customers.columns
    }
    twins = {long: _at_same_rate(customers, long, short, days) for long, short in there.items()}
    return customers.assign(**twins)


def window_days(window: str) -> float:
    """Return the days of a window as feature names write it.

    >>> window_days("90d"), window_days("lifetime")
    (90.0, inf)
    """
    return float("inf") if window == "lifetime" else float(window.removesuffix("d"))


def _at_same_rate(customers: pd.DataFrame, long: str, short: str, days: int) -> Floats:
    parts = _WINDOWED.fullmatch(long)
    longest = window_days(parts["window"]) if parts else float(days)
    known = np.maximum(customers[TENURE].to_numpy(dtype=np.float64, na_value=np.nan), 1.0)
    whole = customers[long].to_numpy(dtype=np.float64, na_value=np.nan)
    last = customers[short].to_numpy(dtype=np.float64, na_value=np.nan)
    stretched = last * np.minimum(known, longest) / np.minimum(known, float(days))
    rate: Floats = np.where(np.isnan(stretched), whole, stretched)
    return rate
