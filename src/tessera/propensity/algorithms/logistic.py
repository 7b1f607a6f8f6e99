"""Logistic regression: a straight line in log-odds, the model that trees have to beat.

Each feature is prepared by rules learnt from the training rows: long tails are drawn in by a signed
logarithm; what is known is brought to mean 0 and deviation 1, and what is missing to that mean,
beside a flag where there was any. The arithmetic is numpy's own, so that a model read back from its
text predicts the same bits without scikit-learn.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, ClassVar, Self

import numpy as np
import sklearn
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from tessera.propensity.algorithms.algorithm import Floats

INVERSE_PENALTY = 0.005
"""scikit-learn's ``C``: strong, because neighbouring windows tell nearly the same."""
SKEWED_FROM = 1.0
"""Absolute skewness from which a feature is put on a log scale (an exponential has 2, a bell 0)."""
TINY = 1e-12
"""A deviation below this share of the mean is what rounding leaves of a constant."""
MOST_ITERATIONS = 1000
"""Enough for lbfgs on standardised features, which ends after some tens."""


class LogisticModel:
    """L2-penalised logistic regression over all features."""

    name: ClassVar[str] = "logistic_regression"
    search_space: ClassVar[Mapping[str, Sequence[Any]]] = {}
    adjustable: ClassVar[frozenset[str]] = frozenset()

    def __init__(
        self,
        seed: int,
        adjusted: Mapping[str, Any] | None = None,  # noqa: ARG002 - the protocol's
    ) -> None:
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
            "missing": "mean and flag",
            "precision": "float32",
        }

    @classmethod
    def library_version(cls) -> str:
        """Return scikit-learn's version."""
        return f"scikit-learn {sklearn.__version__}"

    def features_used(self, available: list[str]) -> list[str]:
        """Return all features."""
        return available

    def fit(self, X: pd.DataFrame, y: Floats) -> Self:  # noqa: N803 - scikit-learn's names
        """Learn preparation and weights. ``X`` (rows, features) with NaN, ``y`` (rows,) 0 or 1."""
        self.feature_names_: list[str] = list(X.columns)
        matrix = X.to_numpy(dtype=np.float64)
        self.is_logged_ = np.abs(_skewness(matrix)) > SKEWED_FROM
        self.has_flag_ = np.isnan(matrix).any(axis=0)
        columns = self._columns(matrix)
        self.means_, self.scales_ = _means_and_scales(columns)
        fitted = LogisticRegression(C=INVERSE_PENALTY, max_iter=MOST_ITERATIONS)
        # Half the bytes to move are half the time; the weights are used in full precision.
        standardised = self._standardised(columns).astype(np.float32)
        # One thread, so that the order of additions, and with it the last bits, is the same on
        # every machine; on small data it is also the quickest (1.5 s for 11 s on busy cores).
        with threadpool_limits(limits=1):
            fitted.fit(standardised, y)
        self.weights_ = fitted.coef_[0].astype(np.float64)
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
        added = self._standardised(self._columns(self._matrix(X))) * self.weights_
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

    def _columns(self, matrix: Floats) -> Floats:
        """Return the features without long tails, NaN where missing, then flags of the missing."""
        features = matrix.shape[1]
        columns = np.empty((len(matrix), features + int(self.has_flag_.sum())))
        columns[:, :features] = matrix
        columns[:, :features][:, self.is_logged_] = _signed_logs(matrix[:, self.is_logged_])
        columns[:, features:] = np.isnan(matrix[:, self.has_flag_])
        return columns

    def _standardised(self, columns: Floats) -> Floats:
        """Return the columns around mean 0, on the scale of their deviations, the missing at 0."""
        standardised: Floats = columns - self.means_
        standardised /= self.scales_
        return np.nan_to_num(standardised, copy=False, nan=0.0)


_LEARNT = ("is_logged_", "has_flag_", "means_", "scales_", "weights_")


def _signed_logs(tails: Floats) -> Floats:
    """Return sign times log(1 + size), in one copy: of 200,000 rows each takes half a gigabyte."""
    logs = np.abs(tails)
    np.log1p(logs, out=logs)
    return np.copysign(logs, tails, out=logs)


def _skewness(matrix: Floats) -> Floats:
    """Return each column's skewness over what is known of it; 0 for a constant."""
    means, scales = _means_and_scales(matrix)
    centred = np.nan_to_num((matrix - means) / scales, copy=False, nan=0.0)
    known = np.maximum((~np.isnan(matrix)).sum(axis=0), 1)
    return np.asarray((centred * centred * centred).sum(axis=0) / known)


def _means_and_scales(columns: Floats) -> tuple[Floats, Floats]:
    """Return mean and deviation of what is known in each column; 1 for that of a constant."""
    is_known = ~np.isnan(columns)
    known = np.maximum(is_known.sum(axis=0), 1)
    means = np.where(is_known, columns, 0.0).sum(axis=0) / known
    centred = columns - means
    centred[~is_known] = 0.0
    deviations = np.sqrt(np.multiply(centred, centred, out=centred).sum(axis=0) / known)
    # What rounding leaves of a constant is no scale.
    is_constant = deviations <= TINY * np.abs(means)
    return means, np.where(is_constant, 1.0, deviations)
