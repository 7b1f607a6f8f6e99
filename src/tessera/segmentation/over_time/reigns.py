"""Reigns: which model's segments are in force from when, and the ids and names they bear.

A model is geometry. Who its segments *are* is decided when it comes into force, by the customers
they share with the segments before them, and written down once.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from tessera import frames
from tessera.segmentation.model import SegmentModel, read_model
from tessera.segmentation.over_time.damping import Damping
from tessera.segmentation.recipe import models_of_shop

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from tessera.runs import Run

    Floats = NDArray[np.float64]
    Places = NDArray[np.int64]


@dataclass(frozen=True)
class Reign:
    """A model in force. Tuples have one entry per segment, in the order of the model's places.

    Attributes
    ----------
    model_id, model
        The row of ``segment_models``, and what it says.
    reigns_from, began_at
        The ``as_of`` it begins with, and the wall time at which that was decided.
    segment_ids, segment_names, archetypes
        Who the segments are.
    typical
        See :func:`~tessera.segmentation.over_time.damping.typical_clearness`.
    damping
        The rule of moving; it stays that of the reign when the declared one changes.
    playbook_fingerprint
        Of the playbook that gave the names.
    """

    model_id: str
    model: SegmentModel
    reigns_from: pd.Timestamp
    began_at: pd.Timestamp
    segment_ids: tuple[str, ...]
    segment_names: tuple[str, ...]
    archetypes: tuple[str, ...]
    typical: Floats
    damping: Damping
    playbook_fingerprint: str

    def places_of(self, segment_ids: pd.Series) -> Places:
        """Return the place of each id in the model; -1 for one that this reign does not have."""
        places: Places = pd.Index(self.segment_ids).get_indexer(segment_ids).astype(np.int64)
        return places

    @property
    def names_by_id(self) -> dict[str, str]:
        """Return the name of each segment."""
        return dict(zip(self.segment_ids, self.segment_names, strict=True))


def reigns_of_shop(
    rows: pd.DataFrame, models: pd.DataFrame, customers: pd.DataFrame, run: Run
) -> list[Reign]:
    """Return the reigns of this shop that began at or before ``run.as_of``, oldest first."""
    if rows.empty:
        return []
    known = {row["model_id"]: row for row in models_of_shop(models, customers, run)}
    ours = rows[rows["model_id"].isin(list(known)) & (rows["reigns_from"] <= run.as_of)]
    # a model that an older version wrote never reigned, and cannot be read
    return read_reigns(ours, [known[name] for name in ours["model_id"].unique()])


def read_reigns(rows: pd.DataFrame, models: Sequence[Mapping[str, Any]]) -> list[Reign]:
    """Read rows of ``segment_reigns``, oldest reign first."""
    known = {row["model_id"]: read_model(row) for row in models}
    keys = ["reigns_from", "began_at", "model_id"]
    ordered = rows.sort_values([*keys, "place"], kind="stable")
    return [
        _read(segments, known[str(segments["model_id"].iloc[0])])
        for _, segments in ordered.groupby(keys, sort=True)
    ]


def reign_at(reigns: Sequence[Reign], instant: pd.Timestamp) -> Reign | None:
    """Return the reign in force at an instant; the first one before any began; None without."""
    begun = [reign for reign in reigns if reign.reigns_from <= instant]
    if begun:
        return begun[-1]
    return reigns[0] if reigns else None


def read_people(relation: Any, models: pd.DataFrame) -> pd.DataFrame:
    """Read the customers of ``scoring_set``, with every feature that some model reads.

    A reign is held against the one before, which may have read others.
    """
    names = {name for text in models["feature_names"] for name in json.loads(text)}
    there = sorted(names & set(relation.columns))
    return frames.read(relation, frames.SNAPSHOT_ORDER, there)


def models_that_reigned(
    rows: pd.DataFrame, models: pd.DataFrame, customers: pd.DataFrame, run: Run
) -> set[str]:
    """Return the models of this shop that ever reigned, also those of a later ``as_of``."""
    always = replace(run, as_of=pd.Timestamp.max)
    known = {row["model_id"] for row in models_of_shop(models, customers, always)}
    return known & set(rows["model_id"])


def _read(segments: pd.DataFrame, model: SegmentModel) -> Reign:
    first = segments.iloc[0]
    return Reign(
        model_id=str(first["model_id"]),
        model=model,
        reigns_from=first["reigns_from"],
        began_at=first["began_at"],
        segment_ids=tuple(segments["segment_id"]),
        segment_names=tuple(segments["segment_name"]),
        archetypes=tuple(segments["archetype"]),
        typical=np.array([json.loads(row) for row in segments["typical_clearness"]]),
        damping=Damping.from_plain(json.loads(first["damping"])),
        playbook_fingerprint=str(first["playbook_fingerprint"]),
    )
