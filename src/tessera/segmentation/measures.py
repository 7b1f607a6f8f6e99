"""A measure of a segmentation: a number, its interval, and what a naive rival reaches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

UNKNOWN = float("nan")

INTERVAL = (0.025, 0.975)
"""Quantiles of the draws that are reported as low and high."""


@dataclass(frozen=True)
class Measure:
    """One metric of one model; NaN where it is not known."""

    metric: str
    value: float
    rows: int
    low: float = UNKNOWN
    high: float = UNKNOWN
    baseline_name: str | None = None
    baseline_value: float = UNKNOWN

    @property
    def skill(self) -> float:
        """Return the share of the way from the baseline to a perfect 1."""
        room = 1.0 - self.baseline_value
        return (self.value - self.baseline_value) / room if room > 0 else UNKNOWN


def interval(draws: Floats) -> tuple[float, float]:
    """Return the 95 % interval of bootstrap draws; NaN without a draw."""
    known = draws[~np.isnan(draws)]
    if not len(known):
        return UNKNOWN, UNKNOWN
    low, high = np.quantile(known, INTERVAL)
    return float(low), float(high)


def mean_known(values: Floats) -> float:
    """Return the mean of the values that are known; NaN without one."""
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else UNKNOWN
