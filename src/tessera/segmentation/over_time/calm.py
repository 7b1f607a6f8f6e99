"""How calm segments are over a year of month starts, and what the calm costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tessera.segmentation.measures import UNKNOWN, Measure
from tessera.segmentation.over_time.rehearsal import month_pairs

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd


def measure_calm(told: list[pd.DataFrame]) -> list[Measure]:
    """Measure how many customers move in a month, damped and not, and how far the two agree.

    Parameters
    ----------
    told
        The stays at each month start, as
        :func:`~tessera.segmentation.over_time.rehearsal.rehearse` returns them.

    Returns
    -------
    list
        ``monthly_change`` and ``monthly_change_undamped``: the mean share over pairs of month
        starts; low and high are the calmest and the most restless pair.
        ``agreement_with_undamped``: the share of customers who are in the segment that they are
        nearest to, over all snapshots after the first, where damping has said nothing yet.
    """
    pairs = [pair for pair in month_pairs(told) if len(pair)]
    damped = [_moved(pair, "segment_id", "next_segment_id") for pair in pairs]
    undamped = [_moved(pair, "nearest_segment_id", "next_nearest_segment_id") for pair in pairs]
    rows = sum(len(pair) for pair in pairs)
    return [
        _mean("monthly_change", damped, rows),
        _mean("monthly_change_undamped", undamped, rows),
        _agreement(told[1:]),
    ]


def _moved(pair: pd.DataFrame, now: str, then: str) -> float:
    return float((pair[now] != pair[then]).mean())


def _mean(metric: str, shares: Sequence[float], rows: int) -> Measure:
    if not shares:
        return Measure(metric, UNKNOWN, 0)
    return Measure(metric, float(np.mean(shares)), rows, min(shares), max(shares))


def _agreement(told: Sequence[pd.DataFrame]) -> Measure:
    shares = [float((stays["segment_id"] == stays["nearest_segment_id"]).mean()) for stays in told]
    return _mean("agreement_with_undamped", shares, sum(len(stays) for stays in told))
