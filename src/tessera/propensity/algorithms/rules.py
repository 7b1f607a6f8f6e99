"""Rules of one line: a logistic curve over one feature. What every model has to beat.

The curve runs over the feature's signed logarithm, so that the rule ranks exactly as the feature
does and still speaks in probabilities.
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

FEATURE = "feature"
"""The setting that names the feature of a target's own rule."""
RECENCY_FEATURE = "orders_days_since_last"
"""Days between a customer's last order and the snapshot; NULL when there was none."""


class OneFeatureRule:
    """``log-odds = a + b sign(x) log(1 + |x|)`` of the feature that a target names as its rule."""

    name: ClassVar[str] = "one_feature_rule"
    search_space: ClassVar[Mapping[str, Sequence[Any]]] = {}
    adjustable: ClassVar[frozenset[str]] = frozenset({FEATURE})
    missing: ClassVar[str] = "mean"

    def __init__(self, seed: int, adjusted: Mapping[str, Any] | None = None) -> None:
        self.seed = seed  # nothing is drawn; kept so that all algorithms are made alike
        self.feature = str((adjusted or {}).get(FEATURE, RECENCY_FEATURE))

    @property
    def settings(self) -> dict[str, Any]:
        """Everything but the data that decides the fit."""
        curve = {"penalty": None, "solver": "lbfgs", "scale": "log1p"}
        return {**curve, "feature": self.feature, "missing": self.missing}

    @classmethod
    def library_version(cls) -> str:
        """Return scikit-learn's version."""
        return f"scikit-learn {sklearn.__version__}"

    def features_used(self, available: list[str]) -> list[str]:  # noqa: ARG002 - the protocol's
        """Return the one feature, available or not: who reads it will say that it is missing."""
        return [self.feature]

    def fit(self, X: pd.DataFrame, y: Floats) -> Self:  # noqa: N803 - scikit-learn's names
        """Fit the curve. ``X`` (rows, 1) with NaN, ``y`` (rows,) 0 or 1."""
        self.feature_names_ = [self.feature]
        self.unknown_ = self._of_unknown(X[self.feature].to_numpy(dtype=np.float64))
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
        rule = cls(seed=0, adjusted={FEATURE: told["feature_names"][0]})
        for name in _LEARNT:
            setattr(rule, f"{name}_", told[name])
        return rule

    def _of_unknown(self, values: Floats) -> float:
        """Return the value by which a missing one is taken: one that moves nobody."""
        known = values[~np.isnan(values)]
        return float(known.mean()) if len(known) else 0.0

    def _logs(self, X: pd.DataFrame) -> Floats:  # noqa: N803
        values = X[self.feature_names_[0]].to_numpy(dtype=np.float64)
        filled = np.where(np.isnan(values), self.unknown_, values)
        return np.asarray(np.sign(filled) * np.log1p(np.abs(filled)))


class RecencyRule(OneFeatureRule):
    """How long since the last order: the rule that stands beside every model, whatever is asked."""

    name: ClassVar[str] = "recency_rule"
    adjustable: ClassVar[frozenset[str]] = frozenset()
    missing: ClassVar[str] = "longest seen"

    def _of_unknown(self, values: Floats) -> float:
        # Who never ordered is at least as far gone as the one whose order is longest ago.
        return float(np.nanmax(values, initial=0.0))


_LEARNT = ("feature_names", "unknown", "mean", "slope", "base_log_odds")
