"""The lineage of segments: what each change of the model did to them, written down when it came."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from tessera import frames
from tessera.segmentation.model import registry_rows
from tessera.segmentation.over_time.geometry import distances_of, segments_of
from tessera.segmentation.over_time.schemas import (
    SEGMENT_SUCCESSIONS_ORDER,
    SEGMENT_SUCCESSIONS_SCHEMA,
)
from tessera.segmentation.over_time.successions import Succession, shared, successions
from tessera.segmentation.recipe import FIT_CUSTOMERS
from tessera.segmentation.sampling import choose_customers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tessera.runs import Run
    from tessera.segmentation.over_time.reigns import Reign


def extend_successions(
    reigns: Sequence[Reign], remembered: pd.DataFrame, scoring_set: pd.DataFrame, run: Run
) -> pd.DataFrame:
    """Return the remembered successions, and those of reigns that are not yet told of.

    That is the reign which began with this build, or with one that failed before it came here.

    Parameters
    ----------
    reigns
        Those of this shop, oldest first.
    remembered
        Successions of earlier runs; columns of ``SEGMENT_SUCCESSIONS_SCHEMA``.
    scoring_set
        A row per customer at ``as_of``: the people by whom segments are known again.
    run
        The build.

    Returns
    -------
    DataFrame
        Columns of ``SEGMENT_SUCCESSIONS_SCHEMA``, in its order. Those of this run's shop carry its
        id in ``told_in_run_id``.
    """
    rows = registry_rows(remembered)
    known = {(row["model_id"], row["reigns_from"], row["began_at"]) for row in rows}
    customers = choose_customers(scoring_set, FIT_CUSTOMERS)
    for place, reign in enumerate(reigns):
        if _key(reign) not in known:
            rows += _told(reign, reigns[place - 1] if place else None, customers, run)
    ours = {_key(reign) for reign in reigns}
    for row in rows:
        if (row["model_id"], row["reigns_from"], row["began_at"]) in ours:
            row["told_in_run_id"] = run.run_id
    if not rows:
        return frames.empty(SEGMENT_SUCCESSIONS_SCHEMA)
    frame = pd.DataFrame(rows, columns=SEGMENT_SUCCESSIONS_SCHEMA.names)
    return frame.sort_values(list(SEGMENT_SUCCESSIONS_ORDER), ignore_index=True)


def _key(reign: Reign) -> tuple[str, pd.Timestamp, pd.Timestamp]:
    return reign.model_id, reign.reigns_from, reign.began_at


def _told(
    reign: Reign, before: Reign | None, customers: pd.DataFrame, run: Run
) -> list[dict[str, Any]]:
    """Return the rows of a reign that begins: of a first one, everybody is born."""
    if before is None:
        sizes = np.bincount(
            distances_of(reign.model, customers).argmin(axis=1), minlength=segments_of(reign.model)
        )
        events = [Succession("born", None, new, int(size), 1.0) for new, size in enumerate(sizes)]
    else:
        events = successions(shared(before.model, reign.model, customers))
    return [_row(event, reign, before, run) for event in events]


def _row(event: Succession, reign: Reign, before: Reign | None, run: Run) -> dict[str, Any]:
    return {
        "reigns_from": reign.reigns_from,
        "began_at": reign.began_at,
        "model_id": reign.model_id,
        "previous_model_id": before.model_id if before else None,
        "event": event.event,
        **_named("from", before, event.older),
        **_named("to", reign, event.newer),
        "customers": event.customers,
        "share": event.share,
        "run_id": run.run_id,
        "told_in_run_id": run.run_id,
    }


def _named(side: str, reign: Reign | None, place: int | None) -> dict[str, str | None]:
    if reign is None or place is None:
        return {f"{side}_segment_id": None, f"{side}_segment_name": None}
    return {
        f"{side}_segment_id": reign.segment_ids[place],
        f"{side}_segment_name": reign.segment_names[place],
    }
