"""The one protocol behind every quoted figure: later in time, and never the same person.

An origin is a past snapshot whose labels have closed. Standing there, a model may learn only from
snapshots whose horizon had ended by then. Five folds of people, drawn by hash, each scored by a
model that never saw any of them: random rows instead of people made small models look .009 better
here and large ones .063, and chose the worse of the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tessera.bootstrap import Scored
from tessera.hashing import hashed_shares
from tessera.propensity.encoded_model import fit_encoded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from tessera.propensity.algorithms.algorithm import Algorithm
    from tessera.propensity.encoded_model import EncodedModel
    from tessera.propensity.labelled import Labelled
    from tessera.propensity.targets import Target

    Masks = NDArray[np.bool_]

MOST_ORIGINS = 4
"""Origins used, the newest: four months show a season's swing, and each costs five fits."""
FEWEST_ORIGINS = 3
"""Origins that a mean needs: it is the figure to quote, and one or two months may be any season."""
FEWEST_OF_A_CLASS_PER_FIT = 20
"""Rows of either class in each fit of an origin: with fewer, the origin tells of the fits' own
luck. Far below what a model to be used needs, which is four fifths of ``FEWEST_OF_A_CLASS``."""
FOLDS = 5
"""Folds of people: each model still learns from four fifths of them."""


@dataclass(frozen=True)
class Fold:
    """One fit of the protocol: whom the model learns from, and whom it scores.

    Attributes
    ----------
    training, scored
        Rows of the labelled set, shape (rows,). No customer stands in both.
    """

    training: Masks
    scored: Masks


@dataclass(frozen=True)
class Origin:
    """A past snapshot and the folds that together score everybody who had an answer at it."""

    snapshot_at: pd.Timestamp
    folds: tuple[Fold, ...]

    @property
    def split(self) -> str:
        """The origin's date, as in the column ``split``."""
        return f"{self.snapshot_at:%Y-%m-%d}"


def choose_origins(rows: Labelled, target: Target, most: int = MOST_ORIGINS) -> list[Origin]:
    """Return the newest origins, at most four unless ``most`` says otherwise, oldest first.

    A snapshot is an origin if each of its folds has :data:`FEWEST_OF_A_CLASS_PER_FIT` rows of both
    classes to learn from. There may be fewer than :data:`FEWEST_ORIGINS`, or none.
    """
    found: list[Origin] = []
    fold_of = (hashed_shares(rows.customer_ids, "fold") * FOLDS).astype(np.int64)
    for snapshot_at in sorted(rows.snapshot_at.unique(), reverse=True):
        origin = Origin(snapshot_at, tuple(_folds(rows, target, snapshot_at, fold_of)))
        if all(_has_enough_of_both(rows.labels[fold.training]) for fold in origin.folds):
            found.append(origin)
        if len(found) == most:
            break
    return found[::-1]


def fit_origin(
    rows: Labelled, origin: Origin, make: Callable[[], Algorithm], feature_names: list[str]
) -> list[EncodedModel]:
    """Fit a model for each fold of an origin, in their order.

    Parameters
    ----------
    rows
        All rows with an answer.
    origin
        Where to stand.
    make
        Makes an algorithm that has learnt nothing.
    feature_names
        Features to read.
    """
    return [fit_encoded(make, rows.where(fold.training), feature_names) for fold in origin.folds]


def score_origin(rows: Labelled, origin: Origin, models: Sequence[EncodedModel]) -> Scored:
    """Score everybody at an origin, each by the model of her fold, which was fitted without her."""
    probabilities = np.full(len(rows), np.nan)
    for fold, model in zip(origin.folds, models, strict=True):
        probabilities[fold.scored] = model.predict_probability(rows.features[fold.scored])
    return _scored(rows, origin, probabilities)


def score_origin_by_prevalence(rows: Labelled, origin: Origin) -> Scored:
    """Give everybody at an origin the same probability: the share of positives in the past.

    One constant for all folds: five constants would rank the folds, each above where its people
    are below, and a baseline that knows nothing would come out worse than chance.
    """
    past = np.logical_or.reduce([fold.training for fold in origin.folds])
    return _scored(rows, origin, np.full(len(rows), rows.labels[past].mean()))


def _scored(rows: Labelled, origin: Origin, probabilities: NDArray[np.float64]) -> Scored:
    at_origin = (rows.snapshot_at == origin.snapshot_at).to_numpy()
    return Scored(
        customer_ids=rows.customer_ids[at_origin].to_numpy(dtype=np.str_),
        labels=rows.labels[at_origin],
        probabilities=probabilities[at_origin],
    )


def _folds(
    rows: Labelled, target: Target, snapshot_at: pd.Timestamp, fold_of: NDArray[np.int64]
) -> Iterator[Fold]:
    has_closed = (rows.snapshot_at + target.horizon <= snapshot_at).to_numpy()
    at_origin = (rows.snapshot_at == snapshot_at).to_numpy()
    for fold in range(FOLDS):
        yield Fold(training=has_closed & (fold_of != fold), scored=at_origin & (fold_of == fold))


def _has_enough_of_both(labels: NDArray[np.float64]) -> bool:
    positives = int(labels.sum())
    return min(positives, len(labels) - positives) >= FEWEST_OF_A_CLASS_PER_FIT
