"""What a run has to show for its segments when the contract is asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tessera import frames, registry
from tessera.segmentation.choice.sizes import VALUE
from tessera.segmentation.comparison.published import told_since
from tessera.segmentation.schemas import (
    SEGMENT_ASSIGNMENTS_ORDER,
    SEGMENT_EVALUATIONS_ORDER,
    SEGMENT_MODELS_ORDER,
)

if TYPE_CHECKING:
    import pandas as pd

    from tessera.runs import Run

HISTORY_DAYS = 125
"""Days that surely hold three pairs of month starts that follow each other."""


@dataclass(frozen=True)
class Evidence:
    """What a run has to show for its segments.

    Attributes
    ----------
    customers
        How many are known today.
    assignments
        A row per customer: ``segment_id``, ``snapshot_at``, and the spend by which the size rule
        tells the very valuable, where it is known.
    history
        A row per customer and snapshot: ``segment_id`` as it was told, and by which model.
    evaluations
        Rows of ``segment_evaluations`` about the champion that hold for this run.
    meanings
        A row per segment: ``segment_name``, ``owner``, ``valid_from``, ``valid_to``.
    champions
        The champion's row of ``segment_models``, or no row.
    """

    customers: int
    assignments: pd.DataFrame
    history: pd.DataFrame
    evaluations: pd.DataFrame
    meanings: pd.DataFrame
    champions: pd.DataFrame


def read_evidence(run: Run, **relations: Any) -> Evidence:
    """Read what the contract is asked of.

    Parameters
    ----------
    run
        The build.
    **relations
        What ``dbt.ref(...)`` returns, by name: ``scoring_set``, ``segment_assignments``,
        ``segment_history``, ``segment_evaluations``, ``segment_meanings``, ``segment_models`` and
        ``champion_models``.
    """
    models = frames.read(relations["segment_models"], SEGMENT_MODELS_ORDER)
    champions = frames.read(relations["champion_models"], registry.CHAMPION_ORDER)
    chosen = registry.load_champions(models, champions, task="segmentation")
    evaluations = frames.read(relations["segment_evaluations"], SEGMENT_EVALUATIONS_ORDER)
    is_held = evaluations["candidate_in_run_id"] == run.run_id
    history = told_since(relations["segment_history"], run, HISTORY_DAYS)
    return Evidence(
        customers=int(relations["scoring_set"].aggregate("count(*)").fetchall()[0][0]),
        assignments=_assignments(relations["segment_assignments"], relations["scoring_set"]),
        history=frames.read(history, frames.SNAPSHOT_ORDER, ["segment_id", "model_id"]),
        evaluations=evaluations[is_held & evaluations["model_id"].isin(chosen["model_id"])],
        meanings=frames.read(
            relations["segment_meanings"], ["segment_id"], ["owner", "valid_from", "valid_to"]
        ),
        champions=chosen,
    )


def _assignments(assignments: Any, scoring_set: Any) -> pd.DataFrame:
    placed = frames.read(assignments, SEGMENT_ASSIGNMENTS_ORDER, ["segment_id"])
    if VALUE not in scoring_set.columns:
        return placed
    spend = frames.read(scoring_set, ["customer_id"], [VALUE])
    return placed.merge(spend, on="customer_id", how="left")
