"""Many columns in a few: principal components, read back as the features that load on them.

Off unless :data:`COMPONENTS` says how many. A component is a mixture, and a segment that is told
by mixtures is hard to tell; what it would gain is measured in the decision record of the choice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

COMPONENTS = 0
"""How many components points are reduced to; 0 leaves them as they are."""

TOLD_FEATURES = 3
"""Features a component is told by, at most."""

TOLD_SHARE = 1 / 3
"""Share of the largest loading below which a feature is not worth telling."""


@dataclass(frozen=True)
class Reduction:
    """How points become components.

    Attributes
    ----------
    center
        The mean of the points of the fit.
    loadings
        Shape (components, columns), each of length 1.
    explained
        The share of the points' variance that each component keeps.
    """

    center: Floats
    loadings: Floats
    explained: Floats

    def apply(self, points: Floats) -> Floats:
        """Return the components of points, shape (rows, components)."""
        reduced: Floats = (points - self.center) @ self.loadings.T
        return reduced

    def names(self, columns: Sequence[str]) -> tuple[str, ...]:
        """Return each component as its largest loadings: ``+0.7 orders_count_90d -0.6 …``."""
        told = []
        for loadings in self.loadings:
            sizes = np.abs(loadings)
            largest = np.argsort(-sizes, kind="stable")[:TOLD_FEATURES]
            large = [place for place in largest if sizes[place] >= TOLD_SHARE * sizes.max()]
            told.append(" ".join(f"{loadings[place]:+.1f} {columns[place]}" for place in large))
        return tuple(told)

    def as_plain(self) -> dict[str, Any]:
        """Return lists and numbers only, ready for JSON."""
        return {name: getattr(self, name).tolist() for name in ("center", "loadings", "explained")}

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> Reduction:
        """Read what :meth:`as_plain` wrote."""
        return cls(**{name: np.array(values, dtype=np.float64) for name, values in plain.items()})


def fit_reduction(points: Floats, components: int) -> Reduction | None:
    """Fit principal components to points; None when there are no fewer than columns."""
    if not 0 < components < points.shape[1]:
        return None
    center = points.mean(axis=0)
    covariance = (points - center).T @ (points - center) / len(points)
    values, vectors = np.linalg.eigh(covariance)
    loadings = vectors[:, ::-1][:, :components].T
    # An eigenvector is known but for its sign: its largest entry is made positive.
    largest = np.abs(loadings).argmax(axis=1)
    signs = np.sign(loadings[np.arange(len(loadings)), largest])
    total = float(values.sum()) or 1.0
    return Reduction(center, loadings * signs[:, None], values[::-1][:components] / total)
