"""The algorithms that may become a propensity model, by name.

Each is fitted as scikit-learn's estimators are (settings in the constructor, ``fit`` returns the
object, what was learnt ends in ``_``), and written as text, never as a pickle: loading a model
never runs code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tessera.propensity.algorithms.boosted_trees import BoostedTrees
from tessera.propensity.algorithms.logistic import LogisticModel
from tessera.propensity.algorithms.rules import OneFeatureRule, RecencyRule

if TYPE_CHECKING:
    from tessera.propensity.algorithms.algorithm import Algorithm

ALGORITHMS: dict[str, type[Algorithm]] = {
    algorithm.name: algorithm
    for algorithm in (BoostedTrees, LogisticModel, RecencyRule, OneFeatureRule)
}
"""In the order in which candidates are fitted and listed."""
RULES = (OneFeatureRule.name, RecencyRule.name)
"""Those that are naive rivals, the first that a target has being the one it is measured by."""


def load_model(algorithm: str, model_text: str) -> Algorithm:
    """Read a model back from the text of its registry row.

    Raises
    ------
    KeyError
        No algorithm has that name; the message lists those there are.
    """
    if algorithm not in ALGORITHMS:
        raise KeyError(f"unknown algorithm '{algorithm}'; known are {sorted(ALGORITHMS)}")
    return ALGORITHMS[algorithm].from_text(model_text)


__all__ = [
    "ALGORITHMS",
    "RULES",
    "BoostedTrees",
    "LogisticModel",
    "OneFeatureRule",
    "RecencyRule",
    "load_model",
]
