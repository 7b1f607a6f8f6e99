"""Drift of one feature: the population stability index of today's rows against training's.

The sum over bins of (a - e) · ln(a / e), where e is the share of training's rows in the bin and a
that of today's: 0 when all are the same, and the same in both directions. Credit scoring reads
below 0.1 as stable and above 0.25 as another population (Siddiqi, Credit Risk Scorecards, 2006).
Of two samples of one population it is about (1/N + 1/M) times a chi-square with bins - 1 degrees of
freedom (Yurdakul, Statistical Properties of the Population Stability Index, 2018).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

MIN_ROWS = 300
"""Rows on either side below which chance alone drifts, so that nothing is said.

Fourteen bins, 300 rows on both sides: of 280 features that have not changed, one in ten builds
shows one above 0.25 (the chi-square's quantile 1 - 1/2800 is 37, and 37 · 2/300 = 0.25).
"""

_DECILES = np.arange(1, 11) / 10
_MOST_LEVELS = 20  # of a text; the rarer ones are one bin, where chance is small
_HALF = 0.5  # of a row is added to every bin: the logarithm of an empty one is infinite


def number_drift(training: NDArray[np.float64], newest: NDArray[np.float64]) -> float | None:
    """Return the PSI of numbers, or None when there are too few rows on a side.

    Bins are the deciles of what training saw beside NULL and zero, which have bins of their own
    because they mean that nothing happened; and what lies below or above all that training saw.

    Parameters
    ----------
    training, newest
        A value per row, NaN for NULL; the order of rows does not matter.

    Examples
    --------
    >>> before = np.repeat([0.0, 1.0, 2.0], 100)
    >>> number_drift(before, before)
    0.0
    >>> round(number_drift(before, before + 2), 2)
    7.48
    """
    if min(len(training), len(newest)) < MIN_ROWS:
        return None
    values = training[~np.isnan(training) & (training != 0)]
    uppers = np.quantile(values, _DECILES, method="inverted_cdf") if len(values) else values
    least, uppers = values.min(initial=np.inf), np.unique(uppers)
    counts = [_counts(rows, least, uppers) for rows in (training, newest)]
    return _index(*counts)


def level_drift(training: NDArray[Any], newest: NDArray[Any]) -> float | None:
    """Return the PSI of texts, or None when there are too few rows on a side.

    Bins are the twenty levels that training saw most (of equals the first in the alphabet), NULL
    (None), and all others together.

    Examples
    --------
    >>> before = np.repeat(["de", "fr"], 200).astype(object)
    >>> level_drift(before, before[::-1])
    0.0
    """
    if min(len(training), len(newest)) < MIN_ROWS:
        return None
    seen = Counter(level for level in training if level is not None)
    levels = sorted(seen, key=lambda level: (-seen[level], level))[:_MOST_LEVELS]
    place = {level: position for position, level in enumerate([*levels, None])}
    counts = [
        np.bincount([place.get(level, len(place)) for level in rows], minlength=len(place) + 1)
        for rows in (training, newest)
    ]
    return _index(*counts)


def _counts(
    rows: NDArray[np.float64], least: float, uppers: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Count rows per bin: NULL, zero, below training, its deciles, above training."""
    is_null, is_zero, is_below = np.isnan(rows), rows == 0, rows < least
    within = np.searchsorted(uppers, rows, side="left") + 3  # NaN sorts last, and is overruled
    bins = np.select([is_null, is_zero, is_below], [0, 1, 2], within)
    counted: NDArray[np.int64] = np.bincount(bins, minlength=len(uppers) + 4)
    return counted


def _index(expected: NDArray[np.int64], actual: NDArray[np.int64]) -> float:
    is_used = (expected + actual) > 0
    shares = [
        (counts[is_used] + _HALF) / (counts.sum() + _HALF * is_used.sum())
        for counts in (expected, actual)
    ]
    return float(np.sum((shares[1] - shares[0]) * np.log(shares[1] / shares[0])))
