"""The rows of a training set that have an answer for a target, and whether they are enough."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tessera import registry
from tessera.features import feature_columns, readable_features, require_features
from tessera.hashing import hashed_shares

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from tessera.propensity.targets import Target

MAX_TRAINING_ROWS = 200_000
"""Rows fitted on at most: of 300 features they take 480 MB, and a fit of an evaluation holds up to
four fifths of them once more. Beyond, trees of five leaves gain nothing measurable."""
SAMPLE = "training sample"
"""What the numbers are for by which customers are chosen."""
FEWEST_OF_A_CLASS = 100
"""Fewer positives or negatives and no model is fitted, unless a target declares another bound: the
classic rule asks for ten per feature, so that not even ten features would be covered."""
FEW_OF_A_CLASS = 500
"""Fewer positives or negatives and the 95 % interval of an AUC of .8 is wider than about .05 (.055
at 500 and 500, .048 at 500 and 5,000, after Hanley and McNeil 1982): usable, but say so."""


@dataclass(frozen=True)
class Labelled:
    """Rows with an answer: one per customer and snapshot.

    Attributes
    ----------
    features
        float64, or categories of texts, NaN where missing; shape (rows, features).
    labels
        0.0 or 1.0, shape (rows,).
    customer_ids, snapshot_at
        Whose row it is, and as of when, shape (rows,).
    """

    features: pd.DataFrame
    labels: NDArray[np.float64]
    customer_ids: pd.Series
    snapshot_at: pd.Series

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.labels)

    def where(self, is_wanted: NDArray[np.bool_]) -> Labelled:
        """Return some of the rows, in their order."""
        return Labelled(
            features=self.features[is_wanted],
            labels=self.labels[is_wanted],
            customer_ids=self.customer_ids[is_wanted],
            snapshot_at=self.snapshot_at[is_wanted],
        )

    def fingerprint(self, feature_names: Sequence[str]) -> str:
        """Hash the rows as a model reading ``feature_names`` sees them."""
        require_features(self.features, feature_names)
        seen = self.features[list(feature_names)].assign(
            customer_id=self.customer_ids, snapshot_at=self.snapshot_at, label=self.labels
        )
        return registry.fingerprint(seen)


@dataclass(frozen=True)
class LabelSupply:
    """How many answers there are to learn from.

    Attributes
    ----------
    grade
        ``refuse``: no model is fitted; ``small_sample``: fitted, with wide intervals; ``full``.
    """

    target: str
    rows: int
    positives: int
    negatives: int
    grade: str


def labelled_rows(training_set: pd.DataFrame, target: Target) -> Labelled:
    """Return the rows whose label for ``target`` is not NULL, in the training set's order.

    Above :data:`MAX_TRAINING_ROWS` a sample of whole customers, chosen by hash, is returned.

    Raises
    ------
    KeyError
        The training set has no label column for the target.
    FeatureError
        A feature is neither a number nor a text.
    """
    labels = _label(training_set, target)
    chosen = _bounded(training_set[labels.notna()]).reset_index(drop=True)
    return Labelled(
        features=readable_features(chosen, feature_columns(chosen)),
        labels=chosen[target.label_column].to_numpy(dtype=np.float64),
        customer_ids=chosen["customer_id"],
        snapshot_at=chosen["snapshot_at"],
    )


def label_supply(training_set: pd.DataFrame, target: Target) -> LabelSupply:
    """Count the answers of a target and grade whether a model may be fitted on them.

    Raises
    ------
    KeyError
        The training set has no label column for the target.
    """
    labels = _label(training_set, target).dropna().to_numpy(dtype=np.float64)
    positives = int(labels.sum())
    negatives = len(labels) - positives
    grade = label_grade(positives, negatives, target.fewest_of_each_answer)
    return LabelSupply(target.name, len(labels), positives, negatives, grade)


def label_grade(positives: int, negatives: int, fewest: int = FEWEST_OF_A_CLASS) -> str:
    """Grade a supply of answers by the rarer one; ``fewest`` is the least a model is fitted on.

    Examples
    --------
    >>> label_grade(99, 5000), label_grade(100, 100), label_grade(500, 500)
    ('refuse', 'small_sample', 'full')
    >>> label_grade(99, 5000, fewest=50), label_grade(600, 600, fewest=800)
    ('small_sample', 'refuse')
    """
    rarer = min(positives, negatives)
    if rarer < fewest:
        return "refuse"
    return "small_sample" if rarer < FEW_OF_A_CLASS else "full"


def _label(training_set: pd.DataFrame, target: Target) -> pd.Series:
    if target.label_column not in training_set.columns:
        there = [name for name in training_set.columns if name.startswith("label_")]
        raise KeyError(f"training_set has no column '{target.label_column}'; its labels: {there}")
    return training_set[target.label_column]


def _bounded(rows: pd.DataFrame) -> pd.DataFrame:
    if len(rows) <= MAX_TRAINING_ROWS:
        return rows
    share = hashed_shares(rows["customer_id"], SAMPLE)
    # The customers with the lowest numbers, as many as fit: a bound, not an expectation.
    border = np.sort(share)[MAX_TRAINING_ROWS]
    sample: pd.DataFrame = rows[share < border]
    return sample
