"""How much of an outcome a grouping explains, under many draws of people at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tessera.hashing import hashed_shares

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from tessera.segmentation.comparison.pasts import Past

    Floats = NDArray[np.float64]
    Labels = NDArray[np.int64]

DRAWS = 200
"""Bootstrap draws of people: the ends of a 95 % interval are then the fifth from either side."""


def person_weights(pasts: Sequence[Past], seed: int) -> list[Floats]:
    """Return per past the weight of each of its rows in each draw, shape (rows, 1 + draws).

    The first column weighs all alike: it gives the figure itself, the others its interval. A person
    weighs alike at every past (Poisson(1) weights), and under every segmentation, so that draws of
    two segmentations can be compared in pairs.
    """
    shares = [hashed_shares(past.customers["customer_id"], "segment bootstrap") for past in pasts]
    people = np.unique(np.concatenate([*shares, np.empty(0)]))
    drawn = np.random.default_rng(seed).poisson(1.0, (len(people), DRAWS)).astype(np.float64)
    weights = np.column_stack([np.ones(len(people)), drawn])
    return [weights[np.searchsorted(people, share)] for share in shares]


def explained_shares(outcomes: Floats, labels: Labels, weights: Floats) -> Floats:
    """Return eta squared (between-group / total sum of squares) per column of weights.

    Parameters
    ----------
    outcomes
        One per row; NaN for who is not asked.
    labels
        The group of each row.
    weights
        Shape (rows, draws).

    Returns
    -------
    NDArray
        Shape (draws,); NaN where nothing varies.

    Examples
    --------
    >>> alike = np.ones((5, 1))
    >>> spend = np.array([0.0, 0.0, 4.0, 4.0, np.nan])
    >>> explained_shares(spend, np.array([0, 0, 1, 1, 1]), alike).tolist()
    [1.0]
    """
    asked = ~np.isnan(outcomes)
    if not asked.any():
        return np.full(weights.shape[1], np.nan)
    # grouped by sorting: sums come in one order, whatever the number of threads
    order = np.flatnonzero(asked)[np.argsort(labels[asked], kind="stable")]
    starts = np.unique(labels[order], return_index=True)[1]
    values, drawn = outcomes[order][:, None], weights[order]
    counts = np.add.reduceat(drawn, starts, axis=0)
    sums = np.add.reduceat(drawn * values, starts, axis=0)
    rows = counts.sum(axis=0)
    middle = np.divide(sums.sum(axis=0), rows, out=np.zeros_like(rows), where=rows > 0)
    total = (drawn * (values - middle) ** 2).sum(axis=0)
    means = np.divide(sums, counts, out=np.tile(middle, (len(starts), 1)), where=counts > 0)
    between = (counts * (means - middle) ** 2).sum(axis=0)
    shares = np.divide(between, total, out=np.full_like(total, np.nan), where=total > 0)
    # rounding can lift the quotient a last bit above 1
    most: Floats = np.minimum(shares, 1.0)
    return most


def mean_shares(
    pasts: Sequence[Past], labels: Sequence[Labels], outcome: str, weights: Sequence[Floats]
) -> Floats:
    """Return the mean explained share over the pasts per draw, shape (1 + draws,)."""
    each = [
        explained_shares(past.outcomes[outcome], groups, drawn)
        for past, groups, drawn in zip(pasts, labels, weights, strict=True)
    ]
    mean: Floats = np.mean(each, axis=0)
    return mean
