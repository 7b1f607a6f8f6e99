"""Membership: how likely a customer is still in her segment next month.

A logistic regression on how clearly she and her recent days belong to the segment, how long she
has been there, and which one it is, fitted on pairs of months that are over.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from tessera.segmentation.measures import Measure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

PAIRS_AT_LEAST = 3
"""Pairs of months below which a score would be a guess: one to be tested on and two before it."""

LEAVERS_AT_LEAST = 30
"""Customers who left, and who stayed, below which nothing about leaving was learnt."""

CLEAR = 3.0
"""Beyond three times the typical clearness nothing changes any more."""

DAYS_PER_MONTH = 30.4

BINS = 10
"""Groups of equal size that the calibration error is the mean of."""


@dataclass(frozen=True)
class Membership:
    """A fitted score.

    Attributes
    ----------
    segment_ids
        Segments that the regression knows; another one counts as their average.
    model
        The regression.
    """

    segment_ids: tuple[str, ...]
    model: LogisticRegression

    def scores(self, stays: pd.DataFrame) -> Floats:
        """Return the probability of being in the same segment next month, one per row."""
        inputs = _inputs(stays, self.segment_ids)
        with threadpool_limits(limits=1):
            scores: Floats = self.model.predict_proba(inputs)[:, 1]
        return scores


def fit_membership(pairs: Sequence[pd.DataFrame]) -> Membership | None:
    """Fit the score on pairs of months; None when they are too few to promise anything.

    Parameters
    ----------
    pairs
        What :func:`~tessera.segmentation.over_time.rehearsal.month_pairs` yields.
    """
    if len(pairs) < PAIRS_AT_LEAST:
        return None
    return _fitted(pd.concat(pairs, ignore_index=True))


def measure_membership(pairs: Sequence[pd.DataFrame]) -> list[Measure]:
    """Measure the score out of time: fitted on the earlier pairs, judged on the newest.

    Returns
    -------
    list
        ``membership_brier`` (squared error; less is better) beside that of telling everybody the
        base rate of the earlier pairs, and ``membership_gap``: the mean over ten groups of equal
        size of how far the promise lies from what happened. Both unknown (NaN) with too little
        history.
    """
    unknown = [Measure(name, float("nan"), 0) for name in ("membership_brier", "membership_gap")]
    if len(pairs) < PAIRS_AT_LEAST:
        return unknown
    before, newest = pd.concat(pairs[:-1], ignore_index=True), pairs[-1]
    fitted = _fitted(before)
    if fitted is None or newest.empty:
        return unknown
    scores, stayed = fitted.scores(newest), _stayed(newest)
    return [
        Measure(
            "membership_brier",
            float(np.mean((scores - stayed) ** 2)),
            len(newest),
            baseline_name="base_rate",
            baseline_value=float(np.mean((_stayed(before).mean() - stayed) ** 2)),
        ),
        Measure("membership_gap", calibration_gap(scores, stayed), len(newest)),
    ]


def calibration_gap(scores: Floats, stayed: Floats) -> float:
    """Return the mean distance of promise and outcome over ten groups of equal size.

    >>> calibration_gap(np.array([0.5] * 20), np.array([1.0, 0.0] * 10))
    0.0
    """
    order = np.argsort(scores, kind="stable")
    groups = [group for group in np.array_split(order, BINS) if len(group)]
    gaps = [abs(scores[group].mean() - stayed[group].mean()) for group in groups]
    weights = [len(group) for group in groups]
    return float(np.average(gaps, weights=weights))


def _fitted(pairs: pd.DataFrame) -> Membership | None:
    stayed = _stayed(pairs)
    if min(stayed.sum(), len(stayed) - stayed.sum()) < LEAVERS_AT_LEAST:
        return None
    segment_ids = tuple(sorted(pairs["segment_id"].unique()))
    model = LogisticRegression(max_iter=500)
    with threadpool_limits(limits=1):
        model.fit(_inputs(pairs, segment_ids), stayed)
    return Membership(segment_ids, model)


def _stayed(pairs: pd.DataFrame) -> Floats:
    same: Floats = (pairs["segment_id"] == pairs["next_segment_id"]).to_numpy(dtype=np.float64)
    return same


def _inputs(stays: pd.DataFrame, segment_ids: Sequence[str]) -> Floats:
    """Return the columns of the regression, shape (rows, 5 + segments)."""
    whole = np.clip(stays["clearness"].to_numpy(), -CLEAR, CLEAR)
    recent = np.clip(stays["recent_clearness"].to_numpy(), -CLEAR, CLEAR)
    days = (stays["snapshot_at"] - stays["entered_at"]).dt.total_seconds() / 86_400
    months = np.log1p(days.to_numpy() / DAYS_PER_MONTH)
    lies_elsewhere = np.minimum(whole, recent)
    names = stays["segment_id"].to_numpy(dtype=object)
    segments = [names == segment_id for segment_id in segment_ids]
    return np.column_stack([whole, recent, lies_elsewhere, whole < 0, months, *segments])
