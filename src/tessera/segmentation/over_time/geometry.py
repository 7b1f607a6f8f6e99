"""What this package asks of a fitted model: where its segments lie, and what it reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tessera.segmentation.features import features_named
from tessera.segmentation.model import distances

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from tessera.segmentation.features import SegmentFeature
    from tessera.segmentation.model import SegmentModel

    Floats = NDArray[np.float64]

CHUNK_ROWS = 200_000
"""Rows placed at a time: eight features and eight distances of these take 40 MB."""


def distances_of(model: SegmentModel, customers: pd.DataFrame) -> Floats:
    """Return how far each row lies from each segment, shape (rows, segments); nearest is smallest.

    Raises
    ------
    FeatureError
        A feature of the model is missing or not a number.
    """
    parts = [
        distances(model.scaling.points(customers.iloc[start : start + CHUNK_ROWS]), model.centroids)
        for start in range(0, len(customers), CHUNK_ROWS)
    ]
    return np.concatenate(parts) if parts else np.empty((0, segments_of(model)))


def segments_of(model: SegmentModel) -> int:
    """Return how many segments there are."""
    return len(model.centroids)


def features_of(model: SegmentModel) -> tuple[str, ...]:
    """Return the columns the model reads."""
    return model.scaling.names


def profile_of(model: SegmentModel) -> tuple[Floats, Sequence[SegmentFeature]]:
    """Return the segments' deviations from the population, and what their columns are."""
    return model.profile, features_named(model.scaling.names)
