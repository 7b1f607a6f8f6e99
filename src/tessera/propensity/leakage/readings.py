"""How a feature is read, so that numbers, texts and what is missing can all be ranked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tessera.metrics import Floats
    from tessera.propensity.labelled import Labelled

BINS = 20
"""Cells of a number, of equal size: fine enough for a value that settles the answer, and a cell of
10,000 rows still holds 500."""


def cells(values: pd.Series) -> NDArray[np.int64]:
    """Return the cell of each value: a level of a text, a twentieth of a number; -1 for NULL.

    A value that many share has a cell of its own.
    """
    if values.dtype != np.float64:
        return np.asarray(pd.factorize(values.astype(object), sort=False)[0], dtype=np.int64)
    numbers = values.to_numpy()
    known = numbers[~np.isnan(numbers)]
    if not len(known):
        return np.full(len(numbers), -1)
    edges = np.unique(np.quantile(known, np.arange(BINS) / BINS, method="lower"))
    # both sides of an edge that is itself frequent
    found = np.searchsorted(edges, numbers, "left") + np.searchsorted(edges, numbers, "right")
    return np.where(np.isnan(numbers), -1, found).astype(np.int64)


def rates_elsewhere(codes: NDArray[np.int64], labels: Floats, halves: NDArray[np.bool_]) -> Floats:
    """Return for each row the share of positives in its cell among the other half's people.

    What is learnt of a level from the people who bear it would make any name of a person a prophet.
    Twenty rows at the overall rate are added to each cell, so that a rare level says little.
    """
    overall, prior = labels.mean() if len(labels) else 0.5, 20.0
    size = int(codes.max(initial=0)) + 2
    rates = np.full(len(labels), overall)
    for half in (True, False):
        learnt, told = halves != half, halves == half
        counts = np.bincount(codes[learnt] + 1, minlength=size)
        sums = np.bincount(codes[learnt] + 1, weights=labels[learnt], minlength=size)
        rates[told] = ((sums + prior * overall) / (counts + prior))[codes[told] + 1]
    return rates


def readings(
    rows: Labelled, codes: NDArray[np.int64], halves: NDArray[np.bool_], name: str
) -> Floats:
    """Return the feature read three ways: by the rate of its cell, upwards and downwards.

    Shape (rows, 3). A text is only read by its cells. The missing of a number stand where their
    answers put them.
    """
    by_cell = rates_elsewhere(codes, rows.labels, halves)
    if rows.features[name].dtype != np.float64:
        return np.column_stack([by_cell] * 3)
    numbers = rows.features[name].to_numpy()
    is_missing = np.isnan(numbers)
    missing_rate = rows.labels[is_missing].mean() if is_missing.any() else 0.0
    place = np.inf if missing_rate > rows.labels.mean() else -np.inf
    upwards, downwards = (np.where(is_missing, place, way * numbers) for way in (1.0, -1.0))
    return np.column_stack([by_cell, upwards, downwards])
