"""How well each feature alone tells who will do what a target asks, out of time.

What there is to learn of a single feature is which way it points, where those without a value
belong, and how the levels of a text rank. All of it is learnt before the oldest origin, so that the
figure can fall below one half: a feature may point the other way later.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.stats import rankdata

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tessera.feature_values.pasts import Past
    from tessera.propensity.labelled import Labelled

    Floats = NDArray[np.float64]


def auc_alone(past: Past) -> Floats:
    """Return each feature's ROC AUC, the mean over origins with both answers; shape (features,).

    NaN when no origin has both.
    """
    learnt = past.known
    rates = {name: _rates(learnt, name) for name in _texts(learnt.features)}
    points = _as_points(learnt, rates)
    aucs = _column_aucs(_filled(points, np.full(points.shape[1], np.nan)), learnt.labels)
    direction = np.where(np.nan_to_num(aucs, nan=0.5) < 0.5, -1.0, 1.0)  # noqa: PLR2004 - a coin
    missing = _place_of_the_missing(points, learnt.labels)
    found = []
    for folds in past.origins:
        labels = np.concatenate([fold.rows.labels for fold in folds])
        at_origin = np.concatenate([_as_points(fold.rows, rates) for fold in folds])
        found.append(_column_aucs(_filled(at_origin * direction, missing), labels))
    known = ~np.isnan(np.array(found))
    sums = np.where(known, found, 0.0).sum(axis=0)
    counts = known.sum(axis=0)
    mean: Floats = np.divide(sums, counts, out=np.full(len(sums), np.nan), where=counts > 0)
    return mean


def _texts(features: pd.DataFrame) -> list[str]:
    return [name for name in features.columns if features[name].dtype != np.float64]


def _rates(rows: Labelled, name: str) -> pd.Series:
    """Return the share of positives of each level of a text."""
    return pd.Series(rows.labels).groupby(rows.features[name].to_numpy(dtype=object)).mean()


def _as_points(rows: Labelled, rates: dict[str, pd.Series]) -> Floats:
    """Return numbers as they are and texts as the rates of their levels; NaN where unknown."""
    columns = [
        rows.features[name].astype(object).map(rates[name]).to_numpy(dtype=np.float64)
        if name in rates
        else rows.features[name].to_numpy(dtype=np.float64)
        for name in rows.features.columns
    ]
    return np.column_stack(columns)


def _place_of_the_missing(points: Floats, labels: Floats) -> Floats:
    """Return +inf for each column whose missing are positive more often than all, else -inf."""
    is_missing = np.isnan(points)
    counts = np.maximum(is_missing.sum(axis=0), 1)
    rates = (is_missing * labels[:, None]).sum(axis=0) / counts
    overall = labels.mean() if len(labels) else 0.0
    return np.where(rates > overall, np.inf, -np.inf)


def _filled(points: Floats, places: Floats) -> Floats:
    """Put the missing where they belong; at the median of their column where no place is known."""
    is_missing = np.isnan(points)
    known = np.where(is_missing.all(axis=0), 0.0, points)
    middle = np.nanmedian(known, axis=0) if len(points) else places
    return np.where(is_missing, np.where(np.isnan(places), middle, places), points)


def _column_aucs(points: Floats, labels: Floats) -> Floats:
    """Return the chance that a positive outranks a negative, per column; ties count half."""
    positives = int(labels.sum())
    negatives = len(labels) - positives
    if not positives or not negatives:
        return np.full(points.shape[1], np.nan)
    ranks = rankdata(points, axis=0)
    won = ranks[labels == 1].sum(axis=0) - positives * (positives + 1) / 2
    return np.asarray(won / (positives * negatives))
