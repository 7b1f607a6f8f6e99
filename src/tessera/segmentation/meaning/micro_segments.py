"""Which part of its segment each customer is in, and what the parts are called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from tessera import frames
from tessera.features import phrase_of, tell_value
from tessera.segmentation.meaning.cells import PlaybookError, require_columns, text_in
from tessera.segmentation.meaning.micro_models import parts_in_force, prototypes_of
from tessera.segmentation.meaning.schemas import MICRO_ASSIGNMENTS_SCHEMA, MICRO_SEGMENTS_SCHEMA
from tessera.segmentation.model import read_model, registry_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tessera.runs import Run
    from tessera.segmentation.features import SegmentFeature
    from tessera.segmentation.meaning.in_force import Named
    from tessera.segmentation.meaning.micro_models import Part
    from tessera.segmentation.model import SegmentModel

    Words = dict[str, tuple[str, str]]

CHUNK_ROWS = 200_000
"""Customers placed at a time: fifteen features of these take 24 MB."""


def read_driver_words(frame: pd.DataFrame) -> Words:
    """Return what more and what less of each driver is called, from the seed ``driver_words``.

    Raises
    ------
    PlaybookError
        A column is missing, a cell is empty, or a driver stands twice.
    """
    require_columns("driver_words", frame, ("driver", "higher", "lower"))
    words: Words = {}
    for number, row in enumerate(frame.to_dict("records"), start=1):
        driver, higher, lower = (text_in(row[name]) for name in ("driver", "higher", "lower"))
        if driver is None or higher is None or lower is None or driver in words:
            raise PlaybookError(
                f"driver_words row {number}: expected a driver that has no other row, and words "
                f"for more and for less of it; got {driver}, {higher}, {lower}"
            )
        words[driver] = higher, lower
    return words


def tell_micro_segments(
    champions: pd.DataFrame,
    segments: Sequence[Named],
    micro_models: pd.DataFrame,
    meanings: pd.DataFrame,
    driver_words: pd.DataFrame,
    run: Run,
) -> pd.DataFrame:
    """Tell each part of the champion's segments: a row per part of ``MICRO_SEGMENTS_SCHEMA``.

    Parameters
    ----------
    champions
        The champion's row of ``segment_models``, or no row.
    segments
        Its segments.
    micro_models
        The registry of parts.
    meanings
        ``segment_meanings``: what each segment is called today.
    driver_words
        The seed.
    run
        The build.
    """
    words = read_driver_words(driver_words)
    if champions.empty or not segments:
        return frames.empty(MICRO_SEGMENTS_SCHEMA)
    champion = registry_rows(champions)[0]
    features = {feature.name: feature for feature in read_model(champion).features}
    called = dict(zip(meanings["segment_id"], meanings["segment_name"], strict=True))
    rows = [
        {
            "micro_segment_id": part.micro_segment_id,
            "segment_id": segment_id,
            **_told(part, called[segment_id], features, words),
        }
        for segment_id, parts in parts_in_force(micro_models, champion, segments).items()
        for part in parts
    ]
    frame = pd.DataFrame(rows).assign(model_id=champion["model_id"], run_id=run.run_id)
    ordered = frame.sort_values("micro_segment_id", ignore_index=True)
    return ordered[list(MICRO_SEGMENTS_SCHEMA.names)]


def read_customer_chunks(relation: Any, champions: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Read from ``dbt.ref("scoring_set")`` what the champion reads, a few customers at a time."""
    for champion in registry_rows(champions):
        names = [feature.name for feature in read_model(champion).features]
        yield from frames.read_chunks(relation, ["customer_id", *names], CHUNK_ROWS)


def assign_micro_segments(
    assignments: pd.DataFrame,
    chunks: Iterable[pd.DataFrame],
    champions: pd.DataFrame,
    segments: Sequence[Named],
    micro_models: pd.DataFrame,
    run: Run,
) -> pd.DataFrame:
    """Assign each customer to the nearest part of the segment she is in; nothing is fitted.

    Parameters
    ----------
    assignments
        A row per customer with ``segment_id``, which need not be the nearest (it is damped).
    chunks
        The customers at the newest snapshot, with the champion's features, in any order.
    champions, segments, micro_models, run
        As in :func:`tell_micro_segments`.

    Returns
    -------
    DataFrame
        A row per customer, of ``MICRO_ASSIGNMENTS_SCHEMA``, ordered by customer.
    """
    if champions.empty or assignments.empty:
        return frames.empty(MICRO_ASSIGNMENTS_SCHEMA)
    champion = registry_rows(champions)[0]
    model, parts = read_model(champion), parts_in_force(micro_models, champion, segments)
    segment_of = assignments.set_index("customer_id")["segment_id"]
    told = [_placed(customers, segment_of, model, parts) for customers in chunks]
    placed = pd.concat(told, ignore_index=True).assign(run_id=run.run_id)
    ordered = placed.sort_values("customer_id", ignore_index=True)
    return ordered[list(MICRO_ASSIGNMENTS_SCHEMA.names)]


def _placed(
    customers: pd.DataFrame,
    segment_of: pd.Series,
    model: SegmentModel,
    parts: Mapping[str, tuple[Part, ...]],
) -> pd.DataFrame:
    bearing = customers["customer_id"].map(segment_of)
    points, told = model.scaling.points(customers), np.full(len(customers), None, dtype=object)
    for segment_id, of_segment in parts.items():
        rows = np.flatnonzero((bearing == segment_id).to_numpy())
        ids = np.array([part.micro_segment_id for part in of_segment], dtype=object)
        told[rows] = ids[prototypes_of(of_segment).nearest(points[rows])]
    return pd.DataFrame(
        {
            "customer_id": customers["customer_id"],
            "segment_id": bearing,
            "micro_segment_id": told,
        }
    )


def _told(
    part: Part, segment_name: str, features: Mapping[str, SegmentFeature], words: Words
) -> dict[str, str]:
    """Return a part's name, and what sets it apart in a sentence."""
    apart = part.apart
    if not apart.feature:
        whole = f"All of {segment_name}: no split of them is large and sure enough."
        return {"micro_segment_name": segment_name, "description": whole}
    said = _said(apart.feature, features.get(apart.feature), words, is_higher=apart.is_higher)
    here, there = (tell_value(apart.feature, v) for v in (apart.value, apart.rest_value))
    return {
        "micro_segment_name": f"{segment_name}, {said}",
        "description": f"{phrase_of(apart.feature)}: {here} at the median, {there} in the rest of "
        "the segment when it was split.",
    }


def _said(name: str, feature: SegmentFeature | None, words: Words, *, is_higher: bool) -> str:
    """Return what more or less of it is called: of a feature, a level or a subject of texts."""
    if feature is None and " = " in name:
        return f"{'mostly' if is_higher else 'rarely'} {name.partition(' = ')[2]}"
    if feature is None or feature.driver not in words:
        return f"{'higher' if is_higher else 'lower'} {phrase_of(name)}"
    higher, lower = words[feature.driver]
    return higher if is_higher != feature.is_reversed else lower
