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
from tessera.registry import canonical_json
from tessera.segmentation.meaning import name_segments, read_playbook
from tessera.segmentation.model import SegmentModel, read_model, registry_rows
from tessera.segmentation.over_time.damping import DECLARED, Damping, typical_clearness
from tessera.segmentation.over_time.geometry import distances_of, profile_of, segments_of
from tessera.segmentation.over_time.schemas import SEGMENT_REIGNS_ORDER, SEGMENT_REIGNS_SCHEMA
from tessera.segmentation.over_time.successions import carry_ids, first_free_number, shared
from tessera.segmentation.recipe import FIT_CUSTOMERS, models_of_shop
from tessera.segmentation.sampling import choose_customers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from tessera.runs import Run
    from tessera.segmentation.meaning import Playbook

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


def extend_reigns(
    champions: pd.DataFrame,
    models: pd.DataFrame,
    remembered: pd.DataFrame,
    scoring_set: pd.DataFrame,
    playbook: pd.DataFrame,
    run: Run,
) -> pd.DataFrame:
    """Return the remembered reigns, and a new one when the champion or the playbook changed.

    Parameters
    ----------
    champions
        The champion's row of ``segment_models``, or no row.
    models
        The registry.
    remembered
        Reigns of earlier runs; columns of ``SEGMENT_REIGNS_SCHEMA``.
    scoring_set
        A row per customer at ``as_of``, with the features of the model before and of this one.
    playbook
        The seed: a row per archetype.
    run
        The build.

    Returns
    -------
    DataFrame
        Columns of ``SEGMENT_REIGNS_SCHEMA``, a row per reign and segment. Those of this run's shop
        carry its id in ``told_in_run_id``.
    """
    ours = reigns_of_shop(remembered, models, scoring_set, run)
    rows = registry_rows(remembered)
    names = read_playbook(playbook)
    if len(champions):
        champion = registry_rows(champions)[0]
        before = reign_at(ours, run.as_of)
        if not _is_same(before, champion, names):
            customers = choose_customers(scoring_set, FIT_CUSTOMERS)
            always = models_that_reigned(remembered, models, scoring_set, run)
            borne = remembered.loc[remembered["model_id"].isin(list(always)), "segment_id"]
            first_free = first_free_number(borne)
            crowned = _crown(champion, before, first_free, customers, names, run)
            rows += _rows_of(crowned, before, run)
            ours = [*ours, crowned]
    for row in rows:
        if row["model_id"] in _ids_of(ours):
            row["told_in_run_id"] = run.run_id
    if not rows:
        return frames.empty(SEGMENT_REIGNS_SCHEMA)
    frame = pd.DataFrame(rows, columns=SEGMENT_REIGNS_SCHEMA.names)
    return frame.sort_values(list(SEGMENT_REIGNS_ORDER), ignore_index=True)


def reigns_of_shop(
    rows: pd.DataFrame, models: pd.DataFrame, customers: pd.DataFrame, run: Run
) -> list[Reign]:
    """Return the reigns of this shop that began at or before ``run.as_of``, oldest first."""
    if rows.empty:
        return []
    known = {row["model_id"]: row for row in models_of_shop(models, customers, run)}
    ours = rows[rows["model_id"].isin(list(known)) & (rows["reigns_from"] <= run.as_of)]
    return read_reigns(ours, list(known.values()))


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


def _ids_of(reigns: Sequence[Reign]) -> set[str]:
    return {reign.model_id for reign in reigns}


def _is_same(before: Reign | None, champion: Mapping[str, Any], playbook: Playbook) -> bool:
    return (
        before is not None
        and before.model_id == champion["model_id"]
        and before.playbook_fingerprint == playbook.fingerprint
    )


def _crown(
    champion: Mapping[str, Any],
    before: Reign | None,
    first_free: int,
    customers: pd.DataFrame,
    playbook: Playbook,
    run: Run,
) -> Reign:
    """Return the reign that begins now: ids by the customers shared, names by the playbook."""
    model = read_model(champion)
    apart = distances_of(model, customers)
    ids = tuple(f"s{first_free + place}" for place in range(segments_of(model)))
    if before is not None:
        overlap = shared(before.model, model, customers)
        ids = carry_ids(overlap, before.segment_ids, first_free)
    profile, columns = profile_of(model)
    kept = _kept_archetypes(ids, before)
    names, archetypes = name_segments(profile, columns, playbook, kept, run.as_of.date())
    return Reign(
        model_id=champion["model_id"],
        model=model,
        reigns_from=run.as_of,
        began_at=run.run_started_at,
        segment_ids=ids,
        segment_names=names,
        archetypes=archetypes,
        typical=typical_clearness(apart),
        damping=DECLARED,
        playbook_fingerprint=playbook.fingerprint,
    )


def _kept_archetypes(ids: Sequence[str], before: Reign | None) -> dict[int, str]:
    """Return the archetype of each segment that bore its id before: who stays keeps the name."""
    if before is None:
        return {}
    was = dict(zip(before.segment_ids, before.archetypes, strict=True))
    return {place: was[name] for place, name in enumerate(ids) if was.get(name)}


def _rows_of(reign: Reign, before: Reign | None, run: Run) -> list[dict[str, Any]]:
    return [
        {
            "model_id": reign.model_id,
            "previous_model_id": before.model_id if before else None,
            "reigns_from": reign.reigns_from,
            "place": place,
            "segment_id": reign.segment_ids[place],
            "segment_name": reign.segment_names[place],
            "archetype": reign.archetypes[place],
            "typical_clearness": canonical_json(reign.typical[place].tolist()),
            "damping": canonical_json(reign.damping.as_plain()),
            "playbook_fingerprint": reign.playbook_fingerprint,
            "run_id": run.run_id,
            "began_at": reign.began_at,
            "told_in_run_id": run.run_id,
        }
        for place in range(len(reign.segment_ids))
    ]


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
