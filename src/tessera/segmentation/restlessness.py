"""How restless segments are: who is in another one than the month before, undamped."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from tessera.segmentation.measures import UNKNOWN, Measure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from tessera.segmentation.algorithms import Prototypes, Spec

    Floats = NDArray[np.float64]
    Labels = NDArray[np.int64]

CHANGES = 6
"""Pairs of monthly snapshots that restlessness is the mean of: half a year."""

MONTH = pd.Timedelta(days=31)
"""Two month starts that follow each other lie at most this far apart."""


def measure_monthly_change(
    past: pd.DataFrame, points: Floats, fitted: Mapping[Spec, Prototypes]
) -> dict[Spec, Measure]:
    """Measure the share of customers in another segment than the month before, undamped.

    Parameters
    ----------
    past
        A row per customer and month start. ``as_of`` has no place here: it lies anywhere within
        its month, and up to two months after the newest past snapshot.
    points
        A point per row of ``past``.
    fitted
        Frozen: the same geometry at every snapshot.

    Returns
    -------
    dict
        The mean over pairs of month starts that follow each other (a month without a snapshot
        breaks two pairs); low and high are the calmest and the most restless pair.
    """
    rows = pd.DataFrame({"customer_id": past["customer_id"], "row": np.arange(len(past))})
    by_month = {
        instant: month.set_index("customer_id")["row"]
        for instant, month in rows.groupby(past["snapshot_at"], sort=True)
    }
    pairs = [
        pd.concat([by_month[a], by_month[b]], axis=1, join="inner", keys=["earlier", "later"])
        for a, b in list(pairwise(by_month))[-CHANGES:]
        if b - a <= MONTH
    ]
    told = [(pair["earlier"].to_numpy(), pair["later"].to_numpy()) for pair in pairs if len(pair)]
    return {
        spec: _change(prototypes.nearest(points) if told else np.empty(0, np.int64), told)
        for spec, prototypes in fitted.items()
    }


def _change(labels: Labels, pairs: Sequence[tuple[Labels, Labels]]) -> Measure:
    if not pairs:
        return Measure("monthly_change", UNKNOWN, 0)
    shares = [float((labels[earlier] != labels[later]).mean()) for earlier, later in pairs]
    rows = sum(len(earlier) for earlier, _ in pairs)
    return Measure("monthly_change", float(np.mean(shares)), rows, min(shares), max(shares))
