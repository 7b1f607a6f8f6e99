"""Today's segments, the newest page of the history; and the past under the reign of today."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from tessera.segmentation.over_time.rehearsal import place_past, rehearse
from tessera.segmentation.schemas import SEGMENT_ASSIGNMENTS_ORDER, SEGMENT_ASSIGNMENTS_SCHEMA

if TYPE_CHECKING:
    from tessera.runs import Run
    from tessera.segmentation.over_time.reigns import Reign

PAST_COLUMNS = ["customer_id", "snapshot_at", "segment_id", "segment_name"]


def assign_by_history(history: pd.DataFrame, run: Run) -> pd.DataFrame:
    """Return where each customer is at ``as_of``: a row of ``SEGMENT_ASSIGNMENTS_SCHEMA`` each.

    Parameters
    ----------
    history
        Rows of ``segment_history``, at least those of ``as_of``.
    run
        The build.
    """
    today = history[
        (history["snapshot_at"] == run.as_of) & (history["told_in_run_id"] == run.run_id)
    ]
    ordered = today.sort_values(list(SEGMENT_ASSIGNMENTS_ORDER), ignore_index=True)
    return ordered[list(SEGMENT_ASSIGNMENTS_SCHEMA.names)]


def assign_past(training_set: pd.DataFrame, reign: Reign | None) -> pd.DataFrame:
    """Return where customers were at past snapshots, as if today's segments had always been.

    What is measured over years is told of the segments that people see today, also where the
    history says that others were in force.

    Parameters
    ----------
    training_set
        A row per customer and past snapshot.
    reign
        The one in force; None for a shop without customers.

    Returns
    -------
    DataFrame
        A row per customer and snapshot, columns :data:`PAST_COLUMNS`; damped.
    """
    if reign is None or training_set.empty:
        return pd.DataFrame(columns=PAST_COLUMNS)
    snapshots = training_set.groupby("snapshot_at", sort=True)
    past = place_past(snapshots, reign.model, reign.damping.recent_days)
    told = pd.concat(rehearse(past, reign))
    return told.assign(segment_name=told["segment_id"].map(reign.names_by_id))[PAST_COLUMNS]
