"""Ways to find segments among points; all give the same frozen form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from threadpoolctl import threadpool_limits

from tessera.segmentation.algorithms.density import fit_density
from tessera.segmentation.algorithms.kmeans import STARTS, fit_kmeans
from tessera.segmentation.algorithms.mixture import fit_mixture
from tessera.segmentation.algorithms.prototypes import Prototypes, segment_means, some_points
from tessera.segmentation.algorithms.ward import fit_ward

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = [
    "ALGORITHMS",
    "STARTS",
    "Prototypes",
    "Spec",
    "feasible_specs",
    "fit_spec",
    "fit_specs",
    "segment_means",
    "some_points",
]

SEGMENTS = range(3, 13)
"""Fewer than three is no segmentation; more than twelve nobody keeps apart."""

SHARES = (2, 5)
"""Per cent of the customers that a dense group needs at least."""

MEMBERS_AT_LEAST = 2
"""Customers per segment below which a number of segments is not even tried."""

DENSE_AT_LEAST = 100
"""Customers below which nobody can tell dense from sparse."""

ALGORITHMS: dict[str, Callable[[Floats, Sequence[int], int], Iterator[tuple[int, Prototypes]]]] = {
    "kmeans": fit_kmeans,
    "mixture": fit_mixture,
    "ward": fit_ward,
    "hdbscan": fit_density,
}
"""Each algorithm's name in the registry, and how it fits several sizes to the same points."""


@dataclass(frozen=True, order=True)
class Spec:
    """What is asked of an algorithm: so many segments, or (hdbscan) groups of such a share."""

    algorithm: str
    size: int


def feasible_specs(points: Floats) -> list[Spec]:
    """Return what can be asked of so many customers; one segment if not even three."""
    distinct = len(np.unique(points, axis=0))
    sizes = [k for k in SEGMENTS if len(points) >= MEMBERS_AT_LEAST * k and distinct >= k]
    if not sizes:
        return [Spec("kmeans", 1)]
    specs = [Spec(algorithm, k) for algorithm in ("kmeans", "mixture", "ward") for k in sizes]
    if distinct >= DENSE_AT_LEAST:
        specs += [Spec("hdbscan", share) for share in SHARES]
    return specs


def fit_specs(
    points: Floats, specs: Sequence[Spec], seed: int
) -> Iterator[tuple[Spec, Prototypes]]:
    """Fit each spec to the points, those of one algorithm together.

    On one thread, since the order in which threads add floats changes the last bits.
    """
    for algorithm, fit in ALGORITHMS.items():
        sizes = [spec.size for spec in specs if spec.algorithm == algorithm]
        if not sizes:
            continue
        with threadpool_limits(limits=1):
            fitted = list(fit(points, sizes, seed))
        for size, prototypes in fitted:
            yield Spec(algorithm, size), prototypes.settled(points)


def fit_spec(points: Floats, spec: Spec, seed: int) -> Prototypes:
    """Fit one spec to the points."""
    ((_, prototypes),) = fit_specs(points, [spec], seed)
    return prototypes
