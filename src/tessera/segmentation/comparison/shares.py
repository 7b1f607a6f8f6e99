"""How much of an outcome a grouping explains, in many draws of the same people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tessera.hashing import hashed_shares
from tessera.segmentation.outcomes import DRAWS, explained_shares

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from tessera.segmentation.outcomes import Origin

    Floats = NDArray[np.float64]
    Labels = NDArray[np.int64]


def person_weights(pasts: Sequence[Origin], seed: int) -> list[Floats]:
    """Return per past the weight of each of its rows in each draw, shape (1 + draws, rows).

    The first draw weighs all alike: it gives the figure itself, the others its interval. A person
    weighs alike at every past (Poisson(1) weights), and under every segmentation, so that draws of
    two segmentations can be compared in pairs.
    """
    shares = [hashed_shares(past.customers["customer_id"], "segment bootstrap") for past in pasts]
    people = np.unique(np.concatenate(shares))
    drawn = np.random.default_rng(seed).poisson(1.0, (DRAWS, len(people))).astype(np.float64)
    weights = np.vstack([np.ones(len(people)), drawn])
    return [weights[:, np.searchsorted(people, share)] for share in shares]


def mean_shares(
    pasts: Sequence[Origin], labels: Sequence[Labels], outcome: str, weights: Sequence[Floats]
) -> Floats:
    """Return the mean explained share over the pasts per draw, shape (1 + draws,).

    NaN in a draw in which nothing varies at some past.
    """
    each = [
        explained_shares(past.outcomes[outcome], groups, drawn)
        for past, groups, drawn in zip(pasts, labels, weights, strict=True)
    ]
    mean: Floats = np.mean(each, axis=0)
    return mean
