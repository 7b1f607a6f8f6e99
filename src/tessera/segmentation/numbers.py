"""From numeric features to points: fill, logarithm, robust scale, clip, weight. All numbers.

A mean is moved by one whale; a median is not. So the centre is the median and the unit the
inter-quartile range, and whatever lies further out than :data:`CLIP` units is pulled back to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tessera.features import numeric_features

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from tessera.segmentation.features import SegmentFeature

    Floats = NDArray[np.float64]

CLIP = 3.0
"""Robust standard deviations kept each side. A normal column loses .3 %; 2 cuts 5 %, at 5 the
whales of a skewed column make segments of their own."""

IQR_OF_NORMAL = 1.349
"""The inter-quartile range of a standard normal: makes the unit comparable to a deviation."""


@dataclass(frozen=True)
class Numbers:
    """How numeric features become points. One entry per feature, in the order of ``names``.

    Attributes
    ----------
    names
        Features read.
    fills
        What stands for NULL: the median, in the feature's own unit.
    is_skewed
        Whether the signed logarithm is taken.
    centers, scales
        Median and robust deviation after the logarithm.
    weights
        Multiplies the clipped value.
    """

    names: tuple[str, ...]
    fills: Floats
    is_skewed: NDArray[np.bool_]
    centers: Floats
    scales: Floats
    weights: Floats

    def points(self, frame: pd.DataFrame) -> Floats:
        """Return a point per row of ``frame``, shape (rows, features)."""
        unskewed = _unskew(self.filled(frame), self.is_skewed)
        return np.clip((unskewed - self.centers) / self.scales, -CLIP, CLIP) * self.weights

    def filled(self, frame: pd.DataFrame) -> Floats:
        """Return the features in their own units, NULL replaced; shape (rows, features)."""
        raw = numeric_features(frame, self.names).to_numpy()
        return np.where(np.isnan(raw), self.fills, raw)

    def as_plain(self) -> dict[str, Any]:
        """Return lists and numbers only, ready for JSON."""
        arrays = ("fills", "is_skewed", "centers", "scales", "weights")
        return {"names": list(self.names)} | {n: getattr(self, n).tolist() for n in arrays}

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> Numbers:
        """Read what :meth:`as_plain` wrote."""
        return cls(
            names=tuple(plain["names"]),
            fills=np.array(plain["fills"], dtype=np.float64),
            is_skewed=np.array(plain["is_skewed"], dtype=np.bool_),
            centers=np.array(plain["centers"], dtype=np.float64),
            scales=np.array(plain["scales"], dtype=np.float64),
            weights=np.array(plain["weights"], dtype=np.float64),
        )


def fit_numbers(frame: pd.DataFrame, features: Sequence[SegmentFeature]) -> Numbers:
    """Learn medians and robust deviations of ``features`` from the rows of ``frame``."""
    names = tuple(feature.name for feature in features)
    raw = numeric_features(frame, names).to_numpy()
    fills = np.array([_median(column) for column in raw.T])
    is_skewed = np.array([feature.is_skewed for feature in features], dtype=np.bool_)
    unskewed = _unskew(np.where(np.isnan(raw), fills, raw), is_skewed)
    return Numbers(
        names=names,
        fills=fills,
        is_skewed=is_skewed,
        centers=np.median(unskewed, axis=0),
        scales=np.array([_robust_deviation(column) for column in unskewed.T]),
        weights=np.array([feature.weight for feature in features], dtype=np.float64),
    )


def _median(column: Floats) -> float:
    known = column[~np.isnan(column)]
    return float(np.median(known)) if len(known) else 0.0


def _robust_deviation(column: Floats) -> float:
    """Return IQR / 1.349; the standard deviation when half the rows share a value; 1 for all."""
    low, high = np.quantile(column, [0.25, 0.75])
    return float((high - low) / IQR_OF_NORMAL) or float(column.std()) or 1.0


def _unskew(raw: Floats, is_skewed: NDArray[np.bool_]) -> Floats:
    """Take the signed logarithm: returns may make a sum negative, and it keeps the sign."""
    return np.where(is_skewed, np.sign(raw) * np.log1p(np.abs(raw)), raw)
