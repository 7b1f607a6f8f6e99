"""What this package asks of a fitted model: where its segments lie, and what it reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

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

    A feature that the shop no longer has is unknown for everybody.
    """
    gone = [name for name in features_of(model) if name not in customers.columns]
    rows = customers.assign(**dict.fromkeys(gone, np.nan)) if gone else customers
    parts = [
        model.distances(rows.iloc[start : start + CHUNK_ROWS])
        for start in range(0, len(rows), CHUNK_ROWS)
    ]
    return np.concatenate(parts) if parts else np.empty((0, model.segments))


def segments_of(model: SegmentModel) -> int:
    """Return how many segments there are."""
    return model.segments


def features_of(model: SegmentModel) -> tuple[str, ...]:
    """Return the columns the model reads."""
    return tuple(feature.name for feature in model.features)


def profile_of(model: SegmentModel) -> tuple[Floats, Sequence[SegmentFeature]]:
    """Return the segments' deviations from the population, and what their columns are."""
    return model.profile, model.numeric_features
