"""Gradient-boosted trees: LightGBM, small and much regularised, explained by exact TreeSHAP.

Classes are not weighted: weights by the root of their odds, or by these, took .0004 to .006 of the
AUC of churn on Complete Journey, and made the probabilities wrong by the weight.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

import lightgbm
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from tessera.propensity.algorithms.algorithm import Floats

ROUNDS = 100
"""Trees. With the learning rate below, about where the earliest origins stop gaining: 200 trees of
4 leaves at half the rate are worth the same (Complete Journey: .861 and .880) and take longer."""

PARAMETERS: dict[str, Any] = {
    "objective": "binary",
    # Churn is a smooth function of a few rhythms: shallow trees, many of them, each a small step.
    "learning_rate": 0.05,
    "num_leaves": 5,
    # One customer stands in about ten snapshots: a leaf of 100 rows is a handful of people.
    "min_data_in_leaf": 100,
    "lambda_l2": 20.0,
    # Windows overlap (30 d is inside 90 d), so trees that see a third of the features differ.
    "feature_fraction": 0.3,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "max_bin": 127,
    # Rows by which the bins are cut: with all of them, cutting took as long as growing the trees.
    "bin_construct_sample_cnt": 5000,
    # Two builds of the same data give the same bits, on any number of cores.
    "deterministic": True,
    "force_row_wise": True,
    "verbosity": -1,
}

MONOTONE = "monotone"
"""The setting that says with which features a probability may only rise (1) or only fall (-1)."""

ROWS_FOR_TWO_THREADS = 100_000
"""Rows from which a second thread pays. Below, it waits at more barriers than it works: 20 fits of
20,000 rows took 2.7 s instead of 3.4 s on two idle cores, and 84 s instead of 8 s on busy ones."""
ROWS_EXPLAINED_BY_TWO_THREADS = 20_000
"""As much for predicting and explaining, where each row is by itself and no thread waits."""


class BoostedTrees:
    """LightGBM over all features; NaN goes to whichever side of a split it does less harm."""

    name: ClassVar[str] = "lightgbm"
    # Exact reasons for a million customers take 41 s with 100 trees of 5 leaves, 173 s with 200 of
    # 9 and an hour with 400 of 31: what cannot be explained is not searched.
    search_space: ClassVar[Mapping[str, Sequence[Any]]] = {
        "num_leaves": (3, 5, 9),
        "num_iterations": (60, 100, 200),
        "learning_rate": (0.03, 0.05, 0.1),
        "min_data_in_leaf": (30, 100, 300),
        "lambda_l2": (1.0, 20.0, 100.0),
        "feature_fraction": (0.15, 0.3, 0.6),
    }
    adjustable: ClassVar[frozenset[str]] = frozenset({MONOTONE, *search_space})

    def __init__(self, seed: int, adjusted: Mapping[str, Any] | None = None) -> None:
        self.seed = seed
        self.adjusted = dict(adjusted or {})

    @property
    def settings(self) -> dict[str, Any]:
        """Everything but the data that decides the fit."""
        return {**PARAMETERS, "num_iterations": ROUNDS, **self.adjusted, "seed": self.seed}

    @classmethod
    def library_version(cls) -> str:
        """Return LightGBM's version."""
        return f"lightgbm {lightgbm.__version__}"

    def features_used(self, available: list[str]) -> list[str]:
        """Return all features."""
        return available

    def fit(self, X: pd.DataFrame, y: Floats) -> Self:  # noqa: N803 - scikit-learn's names
        """Grow the trees. ``X`` (rows, features) float64 with NaN, ``y`` (rows,) 0 or 1."""
        # Threads are no setting: with "deterministic" they change the speed and nothing else.
        threads = 2 if len(X) >= ROWS_FOR_TWO_THREADS else 1
        parameters = {**self.settings, "num_threads": threads}
        rounds = parameters.pop("num_iterations")
        monotone = parameters.pop(MONOTONE, {})
        if monotone:
            parameters["monotone_constraints"] = [monotone.get(name, 0) for name in X.columns]
        data = lightgbm.Dataset(
            X.to_numpy(), label=y, feature_name=list(X.columns), params=parameters
        )
        return self._adopt(lightgbm.train(parameters, data, num_boost_round=rounds))

    def predict_probability(self, X: pd.DataFrame) -> Floats:  # noqa: N803
        """Return the probability of label 1, shape (rows,)."""
        return self._predicted(self._matrix(X))

    def contributions(self, X: pd.DataFrame) -> Floats:  # noqa: N803
        """Return exact TreeSHAP values in log-odds, shape (rows, features) (Lundberg 2018)."""
        return self._shap(self._matrix(X))[:, :-1]

    def to_text(self) -> str:
        """Return LightGBM's own text."""
        return str(self.booster_.model_to_string())

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read LightGBM's own text."""
        trees = cls(seed=0)
        return trees._adopt(lightgbm.Booster(model_str=text))

    def _adopt(self, booster: lightgbm.Booster) -> Self:
        self.booster_ = booster
        self.feature_names_: list[str] = list(booster.feature_name())
        # TreeSHAP's last column is the mean log-odds of the training rows, the same for every row.
        anybody = np.full((1, len(self.feature_names_)), np.nan)
        self.base_log_odds_ = float(self._shap(anybody)[0, -1])
        return self

    def _matrix(self, X: pd.DataFrame) -> Floats:  # noqa: N803
        matrix: Floats = X[self.feature_names_].to_numpy(dtype=np.float64)
        return matrix

    def _shap(self, matrix: Floats) -> Floats:
        return self._predicted(matrix, pred_contrib=True)

    def _predicted(self, matrix: Floats, **what: bool) -> Floats:
        threads = 2 if len(matrix) >= ROWS_EXPLAINED_BY_TWO_THREADS else 1
        return np.asarray(self.booster_.predict(matrix, num_threads=threads, **what))
