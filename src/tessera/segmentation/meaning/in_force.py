"""The segments in force as meaning reads them: where they lie, and what they were called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tessera.segmentation.model import read_model, registry_rows

if TYPE_CHECKING:
    import pandas as pd


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


def named_segments(champions: pd.DataFrame) -> list[Named]:
    """Return the segments of the champion in the order of their places; none without one."""
    return [
        Named(place, *words)
        for row in registry_rows(champions)
        for place, words in enumerate(_told(row))
    ]


def ids_borne(models: pd.DataFrame) -> set[str]:
    """Return every id that a segment bears or has borne."""
    return {id_ for row in registry_rows(models) for id_, _, _ in _told(row)}


def _told(row: dict[str, object]) -> list[tuple[str, str, str]]:
    model = read_model(row)
    return list(zip(model.segment_ids, model.segment_names, model.archetypes, strict=True))
