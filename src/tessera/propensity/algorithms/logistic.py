"""Logistic regression: a straight line in log-odds, the model that trees have to beat.

Each feature is prepared by rules learnt from the training rows: missing values become the median,
beside a flag where there are any; long tails are drawn in by a signed logarithm; all is brought to
mean 0 and deviation 1. The arithmetic is numpy's own, so that a model read back from its text
predicts the same bits without scikit-learn.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, ClassVar, Self

import numpy as np
import sklearn
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

if TYPE_CHECKING:
    import pandas as pd

    from tessera.propensity.algorithms.algorithm import Floats

INVERSE_PENALTY = 0.005
"""scikit-learn's ``C``: strong, because neighbouring windows tell nearly the same."""
SKEWED_FROM = 1.0
"""Absolute skewness from which a feature is put on a log scale (an exponential has 2, a bell 0)."""
MOST_ITERATIONS = 1000
"""Enough for lbfgs on standardised features, which ends after some tens."""


class LogisticModel:
    """L2-penalised logistic regression over all features."""

    name: ClassVar[str] = "logistic_regression"

    def __init__(self, seed: int) -> None:
        self.seed = seed  # lbfgs draws nothing; kept so that all algorithms are made alike

    @property
    def settings(self) -> dict[str, Any]:
        """Everything but the data that decides the fit."""
        return {
            "penalty": "l2",
            "inverse_penalty": INVERSE_PENALTY,
            "solver": "lbfgs",
            "max_iterations": MOST_ITERATIONS,
            "skewed_from": SKEWED_FROM,
            "missing": "median and flag",
        }

    @classmethod
    def library_version(cls) -> str:
        """Return scikit-learn's version."""
        return f"scikit-learn {sklearn.__version__}"

    @classmethod
    def features_used(cls, available: list[str]) -> list[str]:
        """Return all features."""
        return available

    def fit(self, X: pd.DataFrame, y: Floats) -> Self:  # noqa: N803 - scikit-learn's names
        """Learn preparation and weights. ``X`` (rows, features) with NaN, ``y`` (rows,) 0 or 1."""
        self.feature_names_: list[str] = list(X.columns)
        matrix = X.to_numpy(dtype=np.float64)
        self.medians_ = _over_defined(np.nanmedian, matrix)
        self.is_logged_ = np.abs(_skewness(self._imputed(matrix))) > SKEWED_FROM
        self.has_flag_ = np.isnan(matrix).any(axis=0)
        raw = self._columns(matrix)
        self.means_ = raw.mean(axis=0)
        deviations = raw.std(axis=0)
        self.scales_ = np.where(deviations > 0, deviations, 1.0)
        fitted = LogisticRegression(C=INVERSE_PENALTY, max_iter=MOST_ITERATIONS)
        # One thread, so that the order of additions, and with it the last bits, is the same on
        # every machine; on small data it is also the quickest (1.5 s for 11 s on busy cores).
        with threadpool_limits(limits=1):
            fitted.fit(self._standardised(matrix), y)
        self.weights_ = fitted.coef_[0]
        self.base_log_odds_ = float(fitted.intercept_[0])
        return self

    def predict_probability(self, X: pd.DataFrame) -> Floats:  # noqa: N803
        """Return the probability of label 1, shape (rows,)."""
        log_odds = self.contributions(X).sum(axis=1) + self.base_log_odds_
        return np.asarray(1.0 / (1.0 + np.exp(-log_odds)))

    def contributions(self, X: pd.DataFrame) -> Floats:  # noqa: N803
        """Return weight times distance from the mean, shape (rows, features).

        A feature speaks with its flag: being missing is part of what it says.
        """
        added = self._standardised(self._matrix(X)) * self.weights_
        features = len(self.feature_names_)
        spoken: Floats = added[:, :features].copy()
        spoken[:, self.has_flag_] += added[:, features:]
        return spoken

    def to_text(self) -> str:
        """Return JSON; Python writes floats so that they are read back to the bit."""
        learnt = {name: getattr(self, name).tolist() for name in _LEARNT}
        told = {"feature_names": self.feature_names_, "base_log_odds": self.base_log_odds_}
        return json.dumps({**told, **learnt}, allow_nan=False)

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read what :meth:`to_text` wrote."""
        told = json.loads(text)
        model = cls(seed=0)
        model.feature_names_ = told["feature_names"]
        model.base_log_odds_ = told["base_log_odds"]
        for name in _LEARNT:
            setattr(model, name, np.array(told[name]))
        return model

    def _matrix(self, X: pd.DataFrame) -> Floats:  # noqa: N803
        matrix: Floats = X[self.feature_names_].to_numpy(dtype=np.float64)
        return matrix

    def _imputed(self, matrix: Floats) -> Floats:
        return np.where(np.isnan(matrix), self.medians_, matrix)

    def _columns(self, matrix: Floats) -> Floats:
        """Return the features without gaps and long tails, then the flags of the missing."""
        whole = self._imputed(matrix)
        drawn_in = np.sign(whole) * np.log1p(np.abs(whole))
        flags = np.isnan(matrix[:, self.has_flag_]).astype(np.float64)
        return np.hstack([np.where(self.is_logged_, drawn_in, whole), flags])

    def _standardised(self, matrix: Floats) -> Floats:
        standardised: Floats = (self._columns(matrix) - self.means_) / self.scales_
        return standardised


_LEARNT = ("medians_", "is_logged_", "has_flag_", "means_", "scales_", "weights_")


def _over_defined(reduce: Any, matrix: Floats) -> Floats:
    """Apply a NaN-aware reduction per column, 0 for a column that is never defined."""
    defined = ~np.isnan(matrix).all(axis=0)
    reduced = np.zeros(matrix.shape[1])
    reduced[defined] = reduce(matrix[:, defined], axis=0)
    return reduced


def _skewness(whole: Floats) -> Floats:
    centred = whole - whole.mean(axis=0)
    deviations = centred.std(axis=0)
    return np.asarray((centred**3).mean(axis=0) / np.where(deviations > 0, deviations, 1.0) ** 3)
