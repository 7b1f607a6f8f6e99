"""The segments in force as meaning reads them: where they lie, and what they were called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from tessera.runs import Run


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


def named_segments(reigns: pd.DataFrame, run: Run) -> list[Named]:
    """Return the segments in force at ``run.as_of``, in the order of their places; none without.

    Parameters
    ----------
    reigns
        ``segment_reigns``: a row per reign and segment.
    run
        The build that told them.
    """
    is_begun = (reigns["told_in_run_id"] == run.run_id) & (reigns["reigns_from"] <= run.as_of)
    ours = reigns[is_begun].sort_values(["reigns_from", "began_at", "place"], kind="stable")
    if ours.empty:
        return []
    of_reign = ["model_id", "reigns_from", "began_at"]
    newest = ours[(ours[of_reign] == ours[of_reign].iloc[-1]).all(axis=1)]
    columns = ["place", "segment_id", "segment_name", "archetype"]
    return [Named(*told) for told in newest[columns].itertuples(index=False, name=None)]
