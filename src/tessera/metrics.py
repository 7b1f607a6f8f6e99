"""How good probabilities are: metrics, each of which can be measured on many draws at once.

A metric is a function of labels, probabilities and a matrix of weights (a row per bootstrap draw,
see :mod:`tessera.bootstrap`), and gives one value per draw. What is undefined, such as the AUC of
one class, is NaN, never an error.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Callable

Floats = NDArray[np.float64]

CALIBRATION_BINS = 10
"""Equal-sized bins of the calibration error (Naeini et al. 2015 use ten)."""
TOP_SHARES = (0.01, 0.05, 0.1, 0.2)
"""Shares of people that a campaign is imagined to reach, for the lift."""
THRESHOLDS = (0.6, 0.7)
"""Probabilities from which the bands begin that people act on."""
CLIP = 1e-15
"""Probabilities are kept this far from 0 and 1 in the log loss, which is infinite there."""


def roc_auc(labels: Floats, probabilities: Floats, weights: Floats | None = None) -> Floats:
    """Return the chance that a positive outranks a negative, ties counting half.

    Parameters
    ----------
    labels
        0 or 1, shape (rows,).
    probabilities
        Shape (rows,).
    weights
        Shape (draws, rows); one draw in which every row counts once when left out.

    Returns
    -------
    ndarray
        Shape (draws,); NaN where a draw holds one class only.

    Examples
    --------
    >>> float(roc_auc(np.array([0, 0, 1, 1]), np.array([0.1, 0.4, 0.35, 0.8]))[0])
    0.75
    """
    positives, negatives = _by_threshold(labels, probabilities, weights)
    negatives_below = negatives[:, ::-1].cumsum(axis=1)[:, ::-1] - negatives
    won = (positives * (negatives_below + 0.5 * negatives)).sum(axis=1)
    return ratio(won, positives.sum(axis=1) * negatives.sum(axis=1))


def average_precision(
    labels: Floats, probabilities: Floats, weights: Floats | None = None
) -> Floats:
    """Return precision averaged over the positives, from the likeliest down (no interpolation).

    Parameters and shapes as in :func:`roc_auc`; NaN without a positive.
    """
    positives, negatives = _by_threshold(labels, probabilities, weights)
    found = positives.cumsum(axis=1)
    precision = ratio(found, found + negatives.cumsum(axis=1), empty=0.0)
    return ratio((positives * precision).sum(axis=1), positives.sum(axis=1))


def lift_at_top(
    labels: Floats, probabilities: Floats, weights: Floats | None = None, *, share: float
) -> Floats:
    """Return how many times more positives the likeliest ``share`` holds than a random one.

    A group of equal probabilities that straddles the border counts with the share of it that fits.
    Parameters and shapes as in :func:`roc_auc`; NaN without a positive.
    """
    positives, negatives = _by_threshold(labels, probabilities, weights)
    sizes = positives + negatives
    reach = share * sizes.sum(axis=1, keepdims=True)
    reached = np.clip(reach - (sizes.cumsum(axis=1) - sizes), 0.0, sizes)
    top = (ratio(positives, sizes, empty=0.0) * reached).sum(axis=1)
    return ratio(top, share * positives.sum(axis=1))


def precision_from(
    labels: Floats, probabilities: Floats, weights: Floats | None = None, *, threshold: float
) -> Floats:
    """Return the share of positives among those with at least ``threshold``; NaN without any.

    Parameters and shapes as in :func:`roc_auc`.

    Examples
    --------
    >>> labels, probabilities = np.array([1.0, 0.0, 1.0]), np.array([0.9, 0.7, 0.2])
    >>> float(precision_from(labels, probabilities, threshold=0.7)[0])
    0.5
    """
    inside = _counted(labels, weights) * (probabilities >= threshold)
    return ratio(inside @ labels, inside.sum(axis=1))


def recall_from(
    labels: Floats, probabilities: Floats, weights: Floats | None = None, *, threshold: float
) -> Floats:
    """Return the share of the positives that have at least ``threshold``; NaN without a positive.

    Parameters and shapes as in :func:`roc_auc`.
    """
    positives = _counted(labels, weights) * labels
    return ratio(positives @ (probabilities >= threshold), positives.sum(axis=1))


def brier_score(labels: Floats, probabilities: Floats, weights: Floats | None = None) -> Floats:
    """Return the mean squared distance between probability and outcome (Brier 1950)."""
    return _mean((probabilities - labels) ** 2, weights)


def log_loss(labels: Floats, probabilities: Floats, weights: Floats | None = None) -> Floats:
    """Return the mean negative log of the probability given to what happened, in nats."""
    told = np.where(labels == 1, probabilities, 1.0 - probabilities)
    return _mean(-np.log(np.clip(told, CLIP, 1.0)), weights)


def expected_calibration_error(
    labels: Floats, probabilities: Floats, weights: Floats | None = None
) -> Floats:
    """Return the mean gap between promised and realised rate over ten bins of equal size.

    Rows of equal probability share a bin. Chance alone opens gaps, so the error of a perfect model
    is above zero. Parameters and shapes as in :func:`roc_auc`.
    """
    if not len(labels):
        return np.full(1 if weights is None else len(weights), np.nan)
    order = np.argsort(probabilities, kind="stable")
    ascending = probabilities[order]
    quantiles = ascending[np.arange(CALIBRATION_BINS) * len(labels) // CALIBRATION_BINS]
    bin_starts = np.unique(np.searchsorted(ascending, quantiles))
    counted = _counted(labels, weights)
    gaps = np.add.reduceat((counted * (probabilities - labels))[:, order], bin_starts, axis=1)
    return ratio(np.abs(gaps).sum(axis=1), counted.sum(axis=1))


@dataclass(frozen=True)
class Metric:
    """A metric and how to read it.

    Attributes
    ----------
    name
        As published in ``metric`` columns.
    measure
        Function of labels, probabilities and weights.
    is_loss
        Whether less is better; the best loss is 0.
    is_biased
        Whether a draw is worse than its sample by construction (noise adds to a sum of gaps), so
        that the draws say how wide the interval is, but not where.
    top_share
        Share of people reached, for a lift; None for all else.
    """

    name: str
    measure: Callable[[Floats, Floats, Floats | None], Floats]
    is_loss: bool = False
    is_biased: bool = False
    top_share: float | None = None

    def skill(self, value: float, baseline: float, prevalence: float) -> float:
        """Return the share of the way from the baseline to perfection that the value has gone.

        ``(value - baseline) / (best - baseline)``, which for a loss is ``1 - value / baseline``.
        0 is no better than the baseline, 1 is perfect, below 0 is worse; NaN when the baseline
        is perfect already.
        """
        best = self._best(prevalence)
        return float(ratio(np.array(value - baseline), np.array(best - baseline)))

    def _best(self, prevalence: float) -> float:
        if self.is_loss:
            return 0.0
        return 1.0 / max(prevalence, self.top_share) if self.top_share else 1.0


METRICS: tuple[Metric, ...] = (
    Metric("roc_auc", roc_auc),
    Metric("average_precision", average_precision),
    Metric("brier_score", brier_score, is_loss=True),
    Metric("log_loss", log_loss, is_loss=True),
    Metric("expected_calibration_error", expected_calibration_error, is_loss=True, is_biased=True),
    *(
        Metric(
            f"lift_top_{share:.0%}".replace("%", "pct"),
            partial(lift_at_top, share=share),
            top_share=share,
        )
        for share in TOP_SHARES
    ),
    *(
        Metric(
            f"{name}_from_{threshold:.0%}".replace("%", "pct"),
            partial(measure, threshold=threshold),
        )
        for name, measure in (("precision", precision_from), ("recall", recall_from))
        for threshold in THRESHOLDS
    ),
)


def _by_threshold(
    labels: Floats, probabilities: Floats, weights: Floats | None
) -> tuple[Floats, Floats]:
    """Return the weight of positives and negatives at each distinct probability, highest first."""
    counted = _counted(labels, weights)
    if not len(labels):
        return np.zeros((len(counted), 1)), np.zeros((len(counted), 1))
    order = np.argsort(-probabilities, kind="stable")
    starts = np.flatnonzero(np.diff(probabilities[order], prepend=np.inf))
    ordered = counted[:, order]
    sizes = np.add.reduceat(ordered, starts, axis=1)
    positives = np.add.reduceat(ordered * labels[order], starts, axis=1)
    return positives, sizes - positives


def _counted(labels: Floats, weights: Floats | None) -> Floats:
    return np.ones((1, len(labels))) if weights is None else weights


def _mean(losses: Floats, weights: Floats | None) -> Floats:
    counted = _counted(losses, weights)
    return ratio((counted * losses).sum(axis=1), counted.sum(axis=1))


def ratio(above: Floats, below: Floats, empty: float = np.nan) -> Floats:
    """Divide, giving ``empty`` where there is nothing to divide by."""
    result: Floats = np.divide(
        above, below, out=np.full(np.broadcast(above, below).shape, empty), where=below != 0
    )
    return result
