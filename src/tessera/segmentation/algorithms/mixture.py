"""Gaussian mixture with diagonal covariance: segments of unlike size and spread."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.mixture import GaussianMixture

from tessera.segmentation.algorithms.prototypes import Prototypes, some_points

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

SPREAD_AT_LEAST = 0.1
"""The least deviation of a component, as a share of the points' own in that dimension: below it a
component collapses on customers who share a value, and swallows whoever has it."""

FIT_POINTS = 20_000
"""Points the mixture looks at: 4 s for ten numbers of segments."""


def fit_mixture(
    points: Floats, sizes: Sequence[int], seed: int
) -> Iterator[tuple[int, Prototypes]]:
    """Fit a mixture for each number of components, started at the result of k-means.

    A point's distance from a component is what -2 log(density x weight) adds to the least one
    possible, so that the nearest component is the most probable.
    """
    looked_at = some_points(points, FIT_POINTS, seed)
    spread = np.where(looked_at.std(axis=0) > 0, looked_at.std(axis=0), 1.0)
    for size in sizes:
        mixture = GaussianMixture(
            size, covariance_type="diag", reg_covar=SPREAD_AT_LEAST**2, random_state=seed
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            mixture.fit(looked_at / spread)
        scales = np.sqrt(mixture.covariances_) * spread
        weights = np.maximum(mixture.weights_, np.finfo(np.float64).tiny)
        offsets = 2.0 * np.log(scales).sum(axis=1) - 2.0 * np.log(weights)
        centers = mixture.means_ * spread
        yield size, Prototypes(centers, np.arange(size), scales, offsets - offsets.min())
