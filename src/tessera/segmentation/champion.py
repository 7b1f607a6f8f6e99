"""What the champion says about today's customers: who is where, and each segment as a rule.

A shop without customers has no segment model, and so no champion: then there are no rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tessera.segmentation.assignments import assign_segments
from tessera.segmentation.meaning import fit_predicates
from tessera.segmentation.schemas import (
    SEGMENT_ASSIGNMENTS_SCHEMA,
    SEGMENT_PREDICATES_SCHEMA,
    empty_frame,
)

if TYPE_CHECKING:
    import pandas as pd

    from tessera.runs import Run


def assign_by_champion(
    scoring_set: pd.DataFrame, champions: pd.DataFrame, run: Run
) -> pd.DataFrame:
    """Assign each customer by the champion: a row per customer of ``SEGMENT_ASSIGNMENTS_SCHEMA``.

    Parameters
    ----------
    scoring_set
        A row per customer at the newest snapshot.
    champions
        The champion's row of ``segment_models``, or no row.
    run
        The build.
    """
    if champions.empty:
        return empty_frame(SEGMENT_ASSIGNMENTS_SCHEMA)
    return assign_segments(scoring_set, champions.iloc[0], run)


def describe_by_champion(
    scoring_set: pd.DataFrame, assignments: pd.DataFrame, champions: pd.DataFrame, run: Run
) -> pd.DataFrame:
    """Tell each segment as a rule: a row per segment of ``SEGMENT_PREDICATES_SCHEMA``.

    Parameters are those of :func:`assign_by_champion`, and what it returned.
    """
    if champions.empty:
        return empty_frame(SEGMENT_PREDICATES_SCHEMA)
    return fit_predicates(assignments, scoring_set, champions.iloc[0], run)
