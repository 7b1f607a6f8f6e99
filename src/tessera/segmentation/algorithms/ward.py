"""Ward's hierarchy: the two groups whose union widens least are joined, until so many are left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage

from tessera.segmentation.algorithms.prototypes import Prototypes, segment_means, some_points

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

FIT_POINTS = 3_000
"""Points the hierarchy looks at: it holds every pair (36 MB, .3 s)."""

PARTS = 36
"""Small groups of the same tree whose means stand for the segments: three of each at twelve."""


def fit_ward(points: Floats, sizes: Sequence[int], seed: int) -> Iterator[tuple[int, Prototypes]]:
    """Build the tree once and cut it at each number of segments (Ward 1963)."""
    looked_at = some_points(points, FIT_POINTS, seed)
    tree = linkage(looked_at, "ward")
    parts = _cut(tree, PARTS)
    centers = segment_means(looked_at, parts, int(parts.max()) + 1)
    for size in sizes:
        whole = _cut(tree, size)
        # A part lies within one segment: both are cuts of one tree. The last point decides for all.
        places = np.zeros(len(centers), dtype=np.int64)
        places[parts] = whole
        yield size, Prototypes(centers, places)


def _cut(tree: Floats, groups: int) -> NDArray[np.int64]:
    """Return the group of each point, numbered from 0 without a gap."""
    labels = fcluster(tree, groups, criterion="maxclust")
    return np.unique(labels, return_inverse=True)[1].astype(np.int64)
