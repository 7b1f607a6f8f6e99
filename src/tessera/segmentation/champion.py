"""What the champion's segments are as rules.

A shop without customers has no segment model, and so no champion: then there are no rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tessera.segmentation.meaning import fit_predicates
from tessera.segmentation.schemas import SEGMENT_PREDICATES_SCHEMA, empty_frame

if TYPE_CHECKING:
    import pandas as pd

    from tessera.runs import Run


def describe_by_champion(
    scoring_set: pd.DataFrame, assignments: pd.DataFrame, champions: pd.DataFrame, run: Run
) -> pd.DataFrame:
    """Tell each segment as a rule: a row per segment of ``SEGMENT_PREDICATES_SCHEMA``.

    Parameters
    ----------
    scoring_set
        A row per customer at the newest snapshot.
    assignments
        ``segment_assignments``: the segment of each.
    champions
        The champion's row of ``segment_models``, or no row.
    run
        The build.
    """
    if champions.empty:
        return empty_frame(SEGMENT_PREDICATES_SCHEMA)
    return fit_predicates(assignments, scoring_set, champions.iloc[0], run)
