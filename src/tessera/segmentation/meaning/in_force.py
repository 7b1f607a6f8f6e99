"""The model in force as meaning reads it: where customers lie, and what its segments are called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tessera.segmentation.features import features_named
from tessera.segmentation.model import nearest, read_model

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from tessera.segmentation.features import SegmentFeature
    from tessera.segmentation.model import SegmentModel


@dataclass(frozen=True)
class Named:
    """A segment in force: its place in the model, and what the registry remembers of it.

    Attributes
    ----------
    place
        Its cluster, counted from 0.
    segment_id, segment_name, archetype
        As it was named when its model came into force; the archetype is empty for none.
    """

    place: int
    segment_id: str
    segment_name: str
    archetype: str


def named_segments(row: pd.Series[Any] | Mapping[str, Any]) -> list[Named]:
    """Return the segments of a model in the order of their places."""
    model = read_model(row)
    told = zip(model.segment_ids, model.segment_names, model.archetypes, strict=True)
    return [Named(place, *words) for place, words in enumerate(told)]


def places_of(model: SegmentModel, customers: pd.DataFrame) -> NDArray[np.int64]:
    """Return the cluster nearest to each customer, whatever the algorithm."""
    return nearest(model.scaling.points(customers), model.centroids)


def features_of(model: SegmentModel) -> Sequence[SegmentFeature]:
    """Return what the columns of the model's profile are."""
    return features_named(model.scaling.names)
