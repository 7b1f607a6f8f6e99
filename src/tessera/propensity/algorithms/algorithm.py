"""What every propensity algorithm can do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Protocol, Self

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

Floats = NDArray[np.float64]


class Algorithm(Protocol):
    """A binary classifier over numeric features, some of them missing (NaN).

    Attributes
    ----------
    name
        As written in the registry.
    search_space
        What :mod:`tessera.propensity.search` may try for each setting; empty: there is nothing to
        search for.
    adjustable
        The settings that a search or a target may adjust.
    feature_names_
        The columns that ``X`` must have, in their order.
    base_log_odds_
        Log-odds before any feature has spoken.
    """

    name: ClassVar[str]
    search_space: ClassVar[Mapping[str, Sequence[Any]]]
    adjustable: ClassVar[frozenset[str]]
    feature_names_: list[str]
    base_log_odds_: float

    def __init__(self, seed: int, adjusted: Mapping[str, Any] | None = None) -> None:
        """Make an algorithm that has learnt nothing yet, with some of its settings adjusted."""

    @property
    def settings(self) -> dict[str, Any]:
        """Everything but the data that decides the fit, plain enough for JSON."""

    @classmethod
    def library_version(cls) -> str:
        """Return the library that fits, with its version; another one may fit otherwise."""

    def features_used(self, available: list[str]) -> list[str]:
        """Return the features among ``available`` that the algorithm reads."""

    def fit(self, X: pd.DataFrame, y: Floats) -> Self:  # noqa: N803 - scikit-learn's names
        """Learn from ``X`` (rows, features), float64, and labels ``y`` (rows,), 0 or 1."""

    def predict_probability(self, X: pd.DataFrame) -> Floats:  # noqa: N803
        """Return the probability of label 1, shape (rows,)."""

    def contributions(self, X: pd.DataFrame) -> Floats:  # noqa: N803
        """Return what each feature adds to the log-odds, shape (rows, features).

        A row's sum plus ``base_log_odds_`` is the log-odds of its probability.
        """

    def to_text(self) -> str:
        """Write the fitted model as text, from which ``from_text`` predicts the same bits."""

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read a model that ``to_text`` wrote."""
