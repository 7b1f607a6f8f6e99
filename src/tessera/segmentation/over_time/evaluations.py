"""What a reign is worth over time: calm, and membership scores that keep what they promise."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import pandas as pd

from tessera import frames
from tessera.segmentation.over_time.calm import measure_calm
from tessera.segmentation.over_time.history import rehearse_past
from tessera.segmentation.over_time.membership import measure_membership
from tessera.segmentation.over_time.rehearsal import month_pairs
from tessera.segmentation.over_time.schemas import SEGMENT_REIGN_EVALUATIONS_SCHEMA

if TYPE_CHECKING:
    from tessera.runs import Run
    from tessera.segmentation.measures import Measure
    from tessera.segmentation.over_time.reigns import Reign
    from tessera.segmentation.over_time.spine import Spine


def evaluate_reign(spine: Spine, reign: Reign | None, run: Run) -> pd.DataFrame:
    """Measure the reign in force: a row per metric of ``SEGMENT_REIGN_EVALUATIONS_SCHEMA``.

    Parameters
    ----------
    spine
        The snapshots.
    reign
        The one in force; None for a shop without customers.
    run
        The build.
    """
    if reign is None:
        return frames.empty(SEGMENT_REIGN_EVALUATIONS_SCHEMA)
    told = rehearse_past(spine, reign, run.as_of)
    measures = [*measure_calm(told), *measure_membership(list(month_pairs(told)))]
    rows = [
        {
            **asdict(measure),
            "model_id": reign.model_id,
            "algorithm": reign.model.spec.algorithm,
            "segments": reign.model.segments,
            "skill": _skill(measure),
            "run_id": run.run_id,
        }
        for measure in measures
    ]
    return pd.DataFrame(rows)[list(SEGMENT_REIGN_EVALUATIONS_SCHEMA.names)]


def _skill(measure: Measure) -> float:
    """Return the share of the baseline's squared error that the score is spared, if it is one."""
    if measure.metric != "membership_brier" or not measure.baseline_value:
        return measure.skill
    return 1.0 - measure.value / measure.baseline_value
