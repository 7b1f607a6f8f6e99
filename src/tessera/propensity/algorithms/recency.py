"""The one-line rule: how long since the last order. What every model has to beat.

A logistic curve over the logarithm of one feature, so that the rule ranks exactly as the number of
days does and still speaks in probabilities.
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

RECENCY_FEATURE = "orders_days_since_last"
"""Days between a customer's last order and the snapshot; NULL when there was none."""


class RecencyRule:
    """``log-odds = a + b log(1 + days since the last order)``."""

    name: ClassVar[str] = "recency_rule"

    def __init__(self, seed: int) -> None:
        self.seed = seed  # nothing is drawn; kept so that all algorithms are made alike

    @property
    def settings(self) -> dict[str, Any]:
        """Everything but the data that decides the fit."""
        return {"penalty": None, "solver": "lbfgs", "scale": "log1p", "missing": "longest seen"}

    @classmethod
    def library_version(cls) -> str:
        """Return scikit-learn's version."""
        return f"scikit-learn {sklearn.__version__}"

    @classmethod
    def features_used(cls, available: list[str]) -> list[str]:  # noqa: ARG003 - the protocol's
        """Return the one feature, available or not: who reads it will say that it is missing."""
        return [RECENCY_FEATURE]

    def fit(self, X: pd.DataFrame, y: Floats) -> Self:  # noqa: N803 - scikit-learn's names
        """Fit the curve. ``X`` (rows, 1) with NaN, ``y`` (rows,) 0 or 1."""
        self.feature_names_ = [RECENCY_FEATURE]
        days = X[RECENCY_FEATURE].to_numpy(dtype=np.float64)
        # Who never ordered is at least as far gone as the one whose order is longest ago.
        self.longest_ = float(np.nanmax(days, initial=0.0))
        logs = self._logs(X)
        self.mean_ = float(logs.mean())
        with threadpool_limits(limits=1):  # as in the logistic regression: the same bits anywhere
            fitted = LogisticRegression(C=np.inf).fit((logs - self.mean_)[:, None], y)
        self.slope_ = float(fitted.coef_[0, 0])
        self.base_log_odds_ = float(fitted.intercept_[0])
        return self

    def predict_probability(self, X: pd.DataFrame) -> Floats:  # noqa: N803
        """Return the probability of label 1, shape (rows,)."""
        log_odds = self.contributions(X)[:, 0] + self.base_log_odds_
        return np.asarray(1.0 / (1.0 + np.exp(-log_odds)))

    def contributions(self, X: pd.DataFrame) -> Floats:  # noqa: N803
        """Return slope times distance from the mean, shape (rows, 1)."""
        return np.asarray(self.slope_ * (self._logs(X) - self.mean_))[:, None]

    def to_text(self) -> str:
        """Return JSON; Python writes floats so that they are read back to the bit."""
        return json.dumps({name: getattr(self, f"{name}_") for name in _LEARNT}, allow_nan=False)

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read what :meth:`to_text` wrote."""
        told = json.loads(text)
        rule = cls(seed=0)
        for name in _LEARNT:
            setattr(rule, f"{name}_", told[name])
        return rule

    def _logs(self, X: pd.DataFrame) -> Floats:  # noqa: N803
        days = X[RECENCY_FEATURE].to_numpy(dtype=np.float64)
        return np.log1p(np.where(np.isnan(days), self.longest_, np.maximum(days, 0.0)))


_LEARNT = ("feature_names", "longest", "mean", "slope", "base_log_odds")
