"""Calibration: a map from what a model says to what then happens, so that 0.7 means seven of ten.

Three methods. ``none`` leaves probabilities as they are. ``platt`` stretches and shifts the
log-odds by two numbers (Platt 1999). ``isotonic`` is the rising step function that fits best
(Zadrozny and Elkan 2002), drawn through its steps; it needs more rows, and ties what it joins.
The fits are scikit-learn's; the arithmetic of applying one is numpy's own, so that a calibration
read back from its text gives the same bits.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

if TYPE_CHECKING:
    from collections.abc import Callable

    from tessera.propensity.algorithms.algorithm import Floats

CLIP = 1e-6
"""Probabilities are kept this far from 0 and 1 before their log-odds are taken."""


@dataclass(frozen=True)
class Calibration:
    """A fitted map of probabilities.

    Attributes
    ----------
    method
        ``none``, ``platt`` or ``isotonic``.
    learnt
        Of platt the slope and the shift of the log-odds; of isotonic the probabilities said and
        those meant at each step, ascending.
    """

    method: str
    learnt: tuple[tuple[float, ...], ...] = field(default=())

    def apply(self, probabilities: Floats) -> Floats:
        """Return what the probabilities mean, shape (rows,)."""
        if self.method == "platt":
            ((slope, shift),) = self.learnt
            return _probability(slope * _log_odds(probabilities) + shift)
        if self.method == "isotonic":
            said, meant = self.learnt
            return np.interp(probabilities, said, meant)
        return probabilities

    def to_text(self) -> str:
        """Return JSON; Python writes floats so that they are read back to the bit."""
        return json.dumps({"method": self.method, "learnt": self.learnt})

    @classmethod
    def from_text(cls, text: str) -> Calibration:
        """Read what :meth:`to_text` wrote.

        Raises
        ------
        ValueError
            The method is none of those there are.
        """
        told = json.loads(text)
        if told["method"] not in METHODS:
            raise ValueError(f"unknown calibration '{told['method']}'; known are {list(METHODS)}")
        return cls(told["method"], tuple(tuple(numbers) for numbers in told["learnt"]))


UNCALIBRATED = Calibration("none")


def fit_none(probabilities: Floats, labels: Floats) -> Calibration:  # noqa: ARG001 - as the others
    """Return the calibration that changes nothing."""
    return UNCALIBRATED


def fit_platt(probabilities: Floats, labels: Floats) -> Calibration:
    """Fit slope and shift of the log-odds.

    Labels of one class, or a slope that would turn the order round, leave everything as it is.
    """
    if labels.min() == labels.max():
        return UNCALIBRATED
    curve = LogisticRegression(C=np.inf)
    with threadpool_limits(limits=1):
        curve.fit(_log_odds(probabilities)[:, None], labels)
    slope, shift = float(curve.coef_[0, 0]), float(curve.intercept_[0])
    return Calibration("platt", ((slope, shift),)) if slope > 0 else UNCALIBRATED


def fit_isotonic(probabilities: Floats, labels: Floats) -> Calibration:
    """Fit the rising step function; no step promises more than so many rows can prove.

    A step at which nobody did it means one in ``rows + 2``, as by Laplace's rule, not never.
    """
    least = 1.0 / (len(labels) + 2)
    steps = IsotonicRegression(y_min=least, y_max=1.0 - least).fit(probabilities, labels)
    said, meant = steps.X_thresholds_, steps.y_thresholds_
    return Calibration("isotonic", (tuple(said.tolist()), tuple(meant.tolist())))


METHODS: dict[str, Callable[[Floats, Floats], Calibration]] = {
    "none": fit_none,
    "platt": fit_platt,
    "isotonic": fit_isotonic,
}
"""The simplest first."""


def _log_odds(probabilities: Floats) -> Floats:
    inside = np.clip(probabilities, CLIP, 1.0 - CLIP)
    return np.asarray(np.log(inside) - np.log1p(-inside))


def _probability(log_odds: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-log_odds)))
