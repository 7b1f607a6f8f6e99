"""Who is who after a refit: a segment whose centroid stayed near keeps its id.

k-means numbers its clusters as it finds them. Trusting those numbers moves 60-93 % of customers at
a refit without one of them having changed (measured on 2,469 households).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import linear_sum_assignment

from tessera.segmentation.model import distances

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

NEAR = 0.5
"""A centroid is still the same segment when it moved at most this share of the way to the older
model's next centroid: half way is where the older model itself would call it the other one."""


def align_ids(
    centroids: Floats, older_centroids: Floats, older_ids: Sequence[str], first_free: int
) -> tuple[str, ...]:
    """Return an id per centroid: the older one where it stayed near, a new one otherwise.

    Parameters
    ----------
    centroids
        The new ones, shape (segments, features).
    older_centroids
        The older ones, shape (older segments, features), on the scale of their own population.
    older_ids
        One per older centroid.
    first_free
        The first number that no segment has borne.

    Notes
    -----
    One-to-one by least total distance (Kuhn 1955), then a pair is cut where it lies too far apart.

    Examples
    --------
    >>> older = np.array([[0.0], [10.0]])
    >>> align_ids(np.array([[9.0], [1.0]]), older, ["s1", "s2"], first_free=3)
    ('s2', 's1')
    >>> align_ids(np.array([[0.0], [30.0]]), older, ["s1", "s2"], first_free=3)
    ('s1', 's3')
    """
    apart = distances(centroids, older_centroids)
    reach = NEAR * _to_next(older_centroids)
    kept = {
        new: older_ids[old]
        for new, old in zip(*linear_sum_assignment(apart), strict=True)
        if apart[new, old] <= reach[old]
    }
    fresh = iter(range(first_free, first_free + len(centroids)))
    return tuple(kept.get(new) or f"s{next(fresh)}" for new in range(len(centroids)))


def first_free_number(segment_ids: Iterable[str]) -> int:
    """Return the number after the highest that a segment bears.

    >>> first_free_number(["s1", "s12", "s3"])
    13
    """
    numbers = [int(found.group(1)) for i in segment_ids if (found := re.fullmatch(r"s(\d+)", i))]
    return max(numbers, default=0) + 1


def _to_next(centroids: Floats) -> Floats:
    """Return the distance from each centroid to the nearest other; infinite for a lone one."""
    apart = distances(centroids, centroids)
    np.fill_diagonal(apart, np.inf)
    nearest_other: Floats = apart.min(axis=1)
    return nearest_other
