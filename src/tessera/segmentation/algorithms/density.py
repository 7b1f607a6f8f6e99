"""HDBSCAN: groups that are denser than what lies between them, as many as there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from sklearn.cluster import HDBSCAN, KMeans

from tessera.segmentation.algorithms.prototypes import Prototypes, some_points

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

FIT_POINTS = 3_000
"""Points the search looks at: .1 s; 50,000 take 31 s."""

NEIGHBOURS = 5
"""Neighbours that tell how dense it is around a point."""

PARTS = 6
"""Prototypes of a group, so that its shape counts when others are assigned."""


def fit_density(
    points: Floats, sizes: Sequence[int], seed: int
) -> Iterator[tuple[int, Prototypes]]:
    """Search for dense groups of at least each share (in per cent) of the points.

    Whoever lies in no group (noise) goes to the nearest prototype of one. Where there is no group
    at all, everybody is one segment.
    """
    looked_at = some_points(points, FIT_POINTS, seed)
    for size in sizes:
        search = HDBSCAN(
            min_cluster_size=max(2, round(len(looked_at) * size / 100)),
            min_samples=min(NEIGHBOURS, len(looked_at)),
            cluster_selection_method="leaf",
            copy=True,
        )
        labels = search.fit(looked_at).labels_
        yield size, _prototypes(looked_at, labels, seed)


def _prototypes(points: Floats, labels: NDArray[np.int64], seed: int) -> Prototypes:
    noise = float((labels < 0).mean())
    centers, places = [], []
    for place in range(int(labels.max()) + 1):
        members = points[labels == place]
        parts = min(PARTS, len(np.unique(members, axis=0)))
        means = KMeans(n_clusters=parts, n_init=1, random_state=seed).fit(members)
        centers.append(means.cluster_centers_)
        places += [place] * parts
    if not centers:
        return Prototypes(
            points.mean(axis=0, keepdims=True), np.zeros(1, np.int64), None, None, noise
        )
    return Prototypes(np.vstack(centers), np.array(places), None, None, noise)
