"""The one frozen form of every clustering: prototypes, each of a segment, nearest is smallest.

A centroid is a segment of one prototype. A component of a mixture has a scale per dimension and
an offset. A group of any shape has several prototypes. So whatever fitted it, a segmentation is a
few numbers that are written as JSON, and assigning a customer is one function.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Places = NDArray[np.int64]


@dataclass(frozen=True)
class Prototypes:
    """Points that stand for segments.

    Attributes
    ----------
    centers
        Shape (prototypes, dimensions).
    places
        The segment of each prototype: 0, 1, … without a gap.
    scales
        Shape (prototypes, dimensions): the unit of distances; None for 1.
    offsets
        Added to each squared distance, none below 0; None for 0.
    noise_share
        The share of the points of the fit that belonged nowhere by themselves.
    """

    centers: Floats
    places: Places
    scales: Floats | None = None
    offsets: Floats | None = None
    noise_share: float = 0.0

    @property
    def segments(self) -> int:
        """Return how many segments there are."""
        return int(self.places.max()) + 1

    def distances(self, points: Floats) -> Floats:
        """Return how far each point lies from each segment, shape (points, segments).

        The least, over a segment's prototypes, of sqrt(sum(((x - center) / scale)^2) + offset).
        """
        apart = np.full((len(points), self.segments), np.inf)
        for prototype, place in enumerate(self.places):
            apart[:, place] = np.minimum(apart[:, place], self._squared(points, prototype))
        distances: Floats = np.sqrt(apart)
        return distances

    def nearest(self, points: Floats) -> Places:
        """Return the segment nearest to each point; the first of several."""
        places: Places = self.distances(points).argmin(axis=1)
        return places

    def settled(self, points: Floats) -> Prototypes:
        """Return these without segments nobody is in, the highest on the first dimension first."""
        labels = self.nearest(points)
        means = segment_means(points, labels, self.segments)
        present = np.flatnonzero(np.bincount(labels, minlength=self.segments))
        order = present[np.lexsort(np.flipud(-means[present].T))]
        renumbered = np.full(self.segments, -1)
        renumbered[order] = np.arange(len(order))
        kept = np.flatnonzero(renumbered[self.places] >= 0)
        kept = kept[np.argsort(renumbered[self.places[kept]], kind="stable")]
        return replace(
            self,
            centers=self.centers[kept],
            places=renumbered[self.places[kept]],
            scales=None if self.scales is None else self.scales[kept],
            offsets=None if self.offsets is None else self.offsets[kept],
        )

    def as_plain(self) -> dict[str, Any]:
        """Return lists and numbers only, ready for JSON."""
        return {
            "centers": self.centers.tolist(),
            "places": self.places.tolist(),
            "scales": None if self.scales is None else self.scales.tolist(),
            "offsets": None if self.offsets is None else self.offsets.tolist(),
            "noise_share": self.noise_share,
        }

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> Prototypes:
        """Read what :meth:`as_plain` wrote."""
        return cls(
            centers=np.array(plain["centers"], dtype=np.float64),
            places=np.array(plain["places"], dtype=np.int64),
            scales=None if plain["scales"] is None else np.array(plain["scales"]),
            offsets=None if plain["offsets"] is None else np.array(plain["offsets"]),
            noise_share=plain["noise_share"],
        )

    def _squared(self, points: Floats, prototype: int) -> Floats:
        apart = points - self.centers[prototype]
        if self.scales is not None:
            apart = apart / self.scales[prototype]
        squared: Floats = (apart**2).sum(axis=1)
        return squared if self.offsets is None else squared + self.offsets[prototype]


def segment_means(points: Floats, labels: Places, segments: int) -> Floats:
    """Return the mean point of each segment; of an empty one the mean of all."""
    counts = np.bincount(labels, minlength=segments).astype(np.float64)
    sums = np.column_stack([np.bincount(labels, column, minlength=segments) for column in points.T])
    means = sums / np.where(counts > 0, counts, 1.0)[:, None]
    return np.where(counts[:, None] > 0, means, points.mean(axis=0))


def some_points(points: Floats, limit: int, seed: int) -> Floats:
    """Return at most ``limit`` of the points, drawn by the seed, in their order."""
    if len(points) <= limit:
        return points
    drawn = np.random.default_rng(seed).choice(len(points), limit, replace=False)
    return points[np.sort(drawn)]
