"""What each feature says alone: of the future that is asked about, and of the past.

Features are ranked within their snapshot, so that a month in which many leave lends nothing to a
feature that merely knows the month.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from tessera.hashing import hashed_shares
from tessera.propensity.leakage.readings import cells, readings

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tessera.metrics import Floats
    from tessera.propensity.labelled import Labelled

FEATURES_AT_A_TIME = 50
"""Features ranked together: three readings of 20,000 rows take 24 MB."""
FEWEST_OF_A_CLASS = 30
"""Customers of either class from which an AUC is an estimate: its error is .07 at worst there."""

LAWFUL_FORESIGHT = 0.05
"""AUC for the coming horizon above that for the last one, up to which a feature counts as a habit:
twice the most on Complete Journey (.024)."""


@dataclass(frozen=True)
class FeatureMeasures:
    """A value per feature, in the order of ``names``.

    Attributes
    ----------
    alone, alone_low
        AUC of the feature alone, at least .5, and the low end of its 95 % interval.
    past
        AUC of the same points for the answer one horizon earlier; NaN where too few have one.
    newest, newest_low, newest_past
        The same at the newest snapshot alone; NaN where too few of a class stand there.
    codes
        Cell of each row and feature, shape (rows, features), -1 where NULL.
    """

    names: list[str]
    alone: Floats
    alone_low: Floats
    past: Floats
    newest: Floats
    newest_low: Floats
    newest_past: Floats
    codes: NDArray[np.int64]

    def foresight(self) -> Floats:
        """Return how much more each feature says of the future than of the past.

        What a shop knew is made of the past, and foretells because people stay as they were. A
        feature that says much more of the coming month than of the last one has seen it. NaN where
        the past cannot be asked: of those who ordered in the last 90 days nobody was gone by then.
        """
        return _beyond(self.alone, self.past)

    def newest_foresight(self) -> Floats:
        """Return the same of the newest snapshot alone; NaN where it cannot be asked."""
        return _beyond(self.newest, self.newest_past)


def _beyond(alone: Floats, past: Floats) -> Floats:
    return np.asarray(alone - np.maximum(past, 0.5))


def measure_features(rows: Labelled, past_labels: Floats) -> FeatureMeasures:
    """Measure every feature of ``rows``.

    Parameters
    ----------
    rows
        Rows with an answer.
    past_labels
        The answers one horizon earlier, NaN where unknown, shape (rows,).
    """
    names = list(rows.features.columns)
    snapshots = pd.factorize(rows.snapshot_at)[0]
    halves = hashed_shares(rows.customer_ids, "leak half") < 0.5  # noqa: PLR2004 - one half
    codes = np.column_stack([cells(rows.features[name]) for name in names])
    found = np.full((6, len(names)), np.nan)
    for start in range(0, len(names), FEATURES_AT_A_TIME):
        block = slice(start, start + FEATURES_AT_A_TIME)
        points = np.stack(
            [
                readings(rows, codes[:, place], halves, name)
                for place, name in enumerate(names[block], start)
            ],
            axis=1,
        )
        found[:, block] = _measured(points, rows, past_labels, snapshots)
    alone, low, past, newest, newest_low, newest_past = found
    return FeatureMeasures(names, alone, low, past, newest, newest_low, newest_past, codes)


def _measured(
    points: Floats, rows: Labelled, past_labels: Floats, snapshots: NDArray[np.int64]
) -> Floats:
    """Return AUC, its low end and that of the past, of the best of each feature's three readings.

    Twice: over all snapshots, and at the newest.

    Parameters
    ----------
    points
        Shape (rows, features, readings).
    rows, past_labels, snapshots
        As elsewhere here, shape (rows,).
    """
    people = people_per_row(rows)
    aucs = np.stack(
        [auc_within(points[:, :, reading], rows.labels, snapshots) for reading in range(3)]
    )
    best = np.nan_to_num(aucs).argmax(axis=0)
    each = np.arange(points.shape[1])
    alone = aucs[best, each]
    low = alone - 1.96 * _error(alone, rows.labels, people)
    read = points[:, each, best]
    past = _past_auc(read, past_labels, snapshots, people)
    return np.stack([alone, low, past, *_at_the_newest(read, rows, past_labels)])


def _at_the_newest(read: Floats, rows: Labelled, past_labels: Floats) -> Floats:
    """Return AUC, low end and AUC for the past at the newest snapshot, where people count once."""
    here = (rows.snapshot_at == rows.snapshot_at.max()).to_numpy()
    labels, alike = rows.labels[here], np.zeros(int(here.sum()), dtype=np.int64)
    if min(labels.sum(), (1 - labels).sum()) < FEWEST_OF_A_CLASS:
        return np.full((3, read.shape[1]), np.nan)
    found = auc_within(read[here], labels, alike)
    low = found - 1.96 * _error(found, labels, 1.0)
    return np.stack([found, low, _past_auc(read[here], past_labels[here], alike, 1.0)])


def people_per_row(rows: Labelled) -> float:
    """Return customers per row: rows of one customer resemble each other, and count together."""
    return float(rows.customer_ids.nunique() / max(len(rows), 1))


def auc_within(points: Floats, labels: Floats, snapshots: NDArray[np.int64]) -> Floats:
    """Return the AUC of each column within snapshots, weighed by pairs; NaN without a pair.

    Parameters
    ----------
    points
        Shape (rows, columns).
    labels, snapshots
        0 or 1, and the number of the snapshot, shape (rows,).
    """
    won, pairs = np.zeros(points.shape[1]), 0
    for snapshot in range(int(snapshots.max(initial=-1)) + 1):
        here = snapshots == snapshot
        told = labels[here] == 1
        positives, negatives = int(told.sum()), int((~told).sum())
        if positives and negatives:
            ranks = rankdata(points[here], axis=0)
            won += ranks[told].sum(axis=0) - positives * (positives + 1) / 2
            pairs += positives * negatives
    return won / pairs if pairs else np.full(points.shape[1], np.nan)


def previous_labels(rows: Labelled, horizon: pd.Timedelta) -> Floats:
    """Return each customer's answer at the newest snapshot whose horizon had ended by the row's."""
    keys = pd.MultiIndex.from_arrays([rows.customer_ids, rows.snapshot_at])
    answers = pd.Series(rows.labels, index=keys)
    answers = answers[~answers.index.duplicated()]
    snapshots = pd.Series(np.sort(rows.snapshot_at.unique()))
    places = np.searchsorted(snapshots, rows.snapshot_at - horizon, "right") - 1
    before = snapshots.to_numpy()[np.maximum(places, 0)]
    asked = pd.MultiIndex.from_arrays([rows.customer_ids, pd.Series(before)])
    found = answers.reindex(asked).to_numpy(dtype=np.float64)
    return np.where(places >= 0, found, np.nan)


def _past_auc(
    points: Floats, past_labels: Floats, snapshots: NDArray[np.int64], people: float
) -> Floats:
    known = ~np.isnan(past_labels)
    positives = past_labels[known].sum() * people
    negatives = known.sum() * people - positives
    if min(positives, negatives) < FEWEST_OF_A_CLASS:
        return np.full(points.shape[1], np.nan)
    found = auc_within(points[known], past_labels[known], snapshots[known])
    return np.maximum(found, 1.0 - found)


def _error(auc: Floats, labels: Floats, people: float) -> Floats:
    """Return the standard error of an AUC over so many people (Hanley and McNeil 1982)."""
    positives = max(labels.sum() * people, 1.0)
    negatives = max((len(labels) - labels.sum()) * people, 1.0)
    one, two = auc / (2 - auc), 2 * auc**2 / (1 + auc)
    spread = (positives - 1) * (one - auc**2) + (negatives - 1) * (two - auc**2)
    return np.asarray(np.sqrt((auc * (1 - auc) + spread) / (positives * negatives)))
