"""A column of a few levels as numbers: one per level, frozen at the fit, rare levels in one.

The unit is chosen so that two customers who differ in the level lie as far apart as two who differ
by one robust deviation of a number of the same weight.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from tessera.segmentation.features import SegmentFeature

    Floats = NDArray[np.float64]

RARE = 0.02
"""Share of customers below which a level is pooled with other rare ones: a dimension for one in
fifty tells nobody apart."""

MOST_LEVELS = 8
"""Levels with a number of their own; the others are pooled."""

OTHER = "other"
"""What the pooled levels are called; a level of that name is one of them."""


@dataclass(frozen=True)
class Levels:
    """How one column of levels becomes numbers.

    Attributes
    ----------
    name
        The feature.
    levels
        Those with a number of their own, in order of their names.
    shares
        Of the customers of the fit in each of them, and last in all others.
    weight
        How far apart two customers of different levels lie.
    """

    name: str
    levels: tuple[str, ...]
    shares: Floats
    weight: float

    @property
    def columns(self) -> tuple[str, ...]:
        """Return what each number says."""
        return tuple(f"{self.name} = {level}" for level in (*self.levels, OTHER))

    def indicators(self, frame: pd.DataFrame) -> Floats:
        """Return a row of 0 and 1 per customer; of an unknown level the shares of the fit.

        Nobody knows where an empty cell belongs, so it lies in the middle of all. A level first
        met after the fit is one of the others.
        """
        values = frame[self.name]
        places = values.astype(str).map({level: i for i, level in enumerate(self.levels)})
        chosen = places.fillna(len(self.levels)).to_numpy(dtype=np.int64)
        rows = np.eye(len(self.levels) + 1)[chosen]
        return np.where(values.isna().to_numpy()[:, None], self.shares, rows)

    def points(self, frame: pd.DataFrame) -> Floats:
        """Return the indicators around their mean, in the unit of distances."""
        # Two rows of different levels differ in two columns: by the root of two of a unit.
        points: Floats = (self.indicators(frame) - self.shares) * (self.weight / np.sqrt(2.0))
        return points

    def as_plain(self) -> dict[str, Any]:
        """Return lists and numbers only, ready for JSON."""
        shares = self.shares.tolist()
        return {
            "name": self.name,
            "levels": list(self.levels),
            "shares": shares,
            "weight": self.weight,
        }

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> Levels:
        """Read what :meth:`as_plain` wrote."""
        shares = np.array(plain["shares"], dtype=np.float64)
        return cls(plain["name"], tuple(plain["levels"]), shares, plain["weight"])


def fit_levels(frame: pd.DataFrame, feature: SegmentFeature) -> Levels:
    """Learn the levels of a feature that are not rare among the rows of ``frame``."""
    known = frame[feature.name].dropna().astype(str)
    shares = known.value_counts(normalize=True).sort_index()
    large = shares[(shares >= RARE) & (shares.index != OTHER)]
    kept = large.sort_values(ascending=False, kind="stable").head(MOST_LEVELS).sort_index()
    others = max(1.0 - float(kept.sum()), 0.0)
    return Levels(
        name=feature.name,
        levels=tuple(str(level) for level in kept.index),
        shares=np.append(kept.to_numpy(dtype=np.float64), others),
        weight=feature.weight,
    )
