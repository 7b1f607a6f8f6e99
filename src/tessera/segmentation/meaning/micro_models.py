"""The registry of parts: split once when a model comes into force, then frozen, written as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment

from tessera import frames, samples
from tessera.registry import canonical_json
from tessera.segmentation.algorithms import Prototypes
from tessera.segmentation.choice.sizes import size_floor
from tessera.segmentation.meaning.parts import Apart, set_apart, split_members
from tessera.segmentation.meaning.schemas import (
    MICRO_SEGMENT_MODELS_ORDER,
    MICRO_SEGMENT_MODELS_SCHEMA,
)
from tessera.segmentation.model import read_model, registry_rows
from tessera.segmentation.sampling import in_order

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from tessera.runs import Run
    from tessera.segmentation.meaning.in_force import Named
    from tessera.segmentation.model import SegmentModel

    Floats = NDArray[np.float64]
    Places = NDArray[np.int64]

FIT_CUSTOMERS = 20_000
"""Customers whose segments are split: a part of 2 % then has 400."""

SAME_PART = 0.5
"""Share of an older part's members that a new one must hold to bear its id."""


@dataclass(frozen=True)
class Part:
    """A part of a segment: its id, such as ``s3.1``, its centre, and what sets it apart."""

    micro_segment_id: str
    center: tuple[float, ...]
    apart: Apart


@dataclass(frozen=True)
class Sample:
    """Some customers at the newest snapshot, of how many there are."""

    customers: pd.DataFrame
    of_customers: int

    @classmethod
    def of(cls, relation: Any) -> Sample:
        """Read at most :data:`FIT_CUSTOMERS` from ``dbt.ref("scoring_set")``."""
        customers = samples.read_sample(relation, FIT_CUSTOMERS, "segment parts")
        ((of_customers,),) = relation.aggregate("count(*)").fetchall()
        return cls(customers, int(of_customers))


def parts_in_force(
    micro_models: pd.DataFrame, champion: Mapping[str, Any], segments: Sequence[Named]
) -> dict[str, tuple[Part, ...]]:
    """Return the parts of each segment of the champion, by its id."""
    rows = {
        (row["segment_id"], row["place"]): row
        for row in registry_rows(micro_models)
        if row["model_id"] == champion["model_id"]
    }
    return {s.segment_id: read_parts(rows[s.segment_id, s.place]) for s in segments}


def read_parts(row: Mapping[str, Any]) -> tuple[Part, ...]:
    """Read the parts in a row of ``micro_segment_models``."""
    return tuple(
        Part(plain["micro_segment_id"], tuple(plain["center"]), Apart(**plain["apart"]))
        for plain in json.loads(row["model_text"])
    )


def fit_micro_segments(
    champions: pd.DataFrame,
    segments: Sequence[Named],
    models: pd.DataFrame,
    sample: Sample,
    remembered: pd.DataFrame,
    run: Run,
) -> pd.DataFrame:
    """Return the registry of parts: those remembered, and those of a champion that is new to it.

    Parameters
    ----------
    champions
        The champion's row of ``segment_models``, or no row.
    segments
        Its segments.
    models
        The registry of segmentations.
    sample
        Customers, with the features of the models.
    remembered
        The registry of parts as earlier runs left it.
    run
        The build.

    Returns
    -------
    DataFrame
        Columns of ``MICRO_SEGMENT_MODELS_SCHEMA``. A part that holds most members of a part that
        the segment had under the model before bears its id.
    """
    rows = registry_rows(remembered)
    if len(champions) and len(sample.customers):
        champion = registry_rows(champions)[0]
        known = {(row["model_id"], row["segment_id"], row["place"]) for row in rows}
        fresh = [s for s in segments if (champion["model_id"], s.segment_id, s.place) not in known]
        if fresh:
            ancestry = _Ancestry(
                rows, {row["model_id"]: row for row in registry_rows(models)}, run.as_of
            )
            rows = [*rows, *_fitted(champion, fresh, sample, ancestry, run)]
    if not rows:
        return frames.empty(MICRO_SEGMENT_MODELS_SCHEMA)
    frame = pd.DataFrame(rows, columns=MICRO_SEGMENT_MODELS_SCHEMA.names)
    return frame.sort_values(list(MICRO_SEGMENT_MODELS_ORDER), ignore_index=True)


def _fitted(
    champion: dict[str, Any],
    segments: Sequence[Named],
    sample: Sample,
    ancestry: _Ancestry,
    run: Run,
) -> list[dict[str, Any]]:
    model, customers = read_model(champion), in_order(sample.customers)
    places = model.assign(customers)
    fewest = size_floor(sample.of_customers) * len(customers) / sample.of_customers
    fitted = []
    for segment in segments:
        members = customers[places == segment.place].reset_index(drop=True)
        before = ancestry.of(segment)
        told = _of_segment(segment, model, members, before, (fewest, run.seed))
        who = {"segment_id": segment.segment_id, "place": segment.place}
        stamps = {"trained_at": run.run_started_at, "as_of": run.as_of, "run_id": run.run_id}
        fitted.append({"model_id": champion["model_id"], **who, **told, **stamps})
    return fitted


def _of_segment(
    segment: Named,
    model: SegmentModel,
    members: pd.DataFrame,
    ancestry: _Ancestry,
    settings: tuple[float, int],
) -> dict[str, Any]:
    points = model.scaling.points(members)
    split = split_members(points, members["customer_id"], *settings)
    ids = ancestry.ids_of(segment.segment_id, members, split.labels)
    told = model.scaling.readable(members)
    apart = set_apart(told.to_numpy(), split.labels, model.scaling.columns)
    parts = [
        {"micro_segment_id": name, "center": center.tolist(), "apart": asdict(what)}
        for name, center, what in zip(ids, split.prototypes.centers, apart, strict=True)
    ]
    return {
        "micro_segments": len(ids),
        "agreement": split.agreement,
        "training_rows": len(members),
        "model_text": canonical_json(parts),
    }


@dataclass(frozen=True)
class _Ancestry:
    """Rows of the registry, oldest first, and the models they were fitted by."""

    rows: Sequence[dict[str, Any]]
    models: Mapping[str, dict[str, Any]]
    as_of: pd.Timestamp

    def of(self, segment: Named) -> _Ancestry:
        """Return what is remembered of one segment."""
        rows = [row for row in self.rows if row["segment_id"] == segment.segment_id]
        return _Ancestry(rows, self.models, self.as_of)

    def ids_of(self, segment_id: str, members: pd.DataFrame, labels: Places) -> list[str]:
        """Return an id per part: an older one where most of its members are, else a new one."""
        parts = int(labels.max(initial=0)) + 1
        borne = [part.micro_segment_id for row in self.rows for part in read_parts(row)]
        kept = self._kept(members, labels, parts)
        number = max((int(name.rpartition(".")[2]) for name in borne), default=0)
        ids = []
        for part in range(parts):
            if part not in kept:
                number += 1
            ids.append(kept.get(part, f"{segment_id}.{number}"))
        return ids

    def _kept(self, members: pd.DataFrame, labels: Places, parts: int) -> dict[int, str]:
        # a replay carries nothing on from models of its future
        before = [row for row in self.rows if row["as_of"] <= self.as_of]
        if not before or before[-1]["model_id"] not in self.models or members.empty:
            return {}
        older, model = read_parts(before[-1]), read_model(self.models[before[-1]["model_id"]])
        if not {feature.name for feature in model.features} <= set(members.columns):
            return {}
        was = prototypes_of(older).nearest(model.scaling.points(members))
        shared = np.zeros((parts, len(older)))
        np.add.at(shared, (labels, was), 1.0)
        pairs = zip(*linear_sum_assignment(-shared), strict=True)
        needed = SAME_PART * shared.sum(axis=0)
        return {
            int(new): older[old].micro_segment_id
            for new, old in pairs
            if shared[new, old] > 0 and shared[new, old] >= needed[old]
        }


def prototypes_of(parts: Sequence[Part]) -> Prototypes:
    """Return the centres of parts, each its own."""
    centers = np.array([part.center for part in parts], dtype=np.float64)
    return Prototypes(centers, np.arange(len(parts)))
