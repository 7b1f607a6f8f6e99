"""Segments over time: who they are, who is in them month after month, and how sure that is."""

from tessera.segmentation.over_time.assignments import assign_by_history, assign_past
from tessera.segmentation.over_time.crowning import extend_reigns
from tessera.segmentation.over_time.damping import UNDAMPED, Damping
from tessera.segmentation.over_time.evaluations import evaluate_reign
from tessera.segmentation.over_time.history import tell_history
from tessera.segmentation.over_time.lineage import extend_successions
from tessera.segmentation.over_time.memory import Memory
from tessera.segmentation.over_time.reigns import (
    Reign,
    models_that_reigned,
    read_people,
    reign_at,
    reigns_of_shop,
)
from tessera.segmentation.over_time.schemas import (
    SEGMENT_HISTORY_ORDER,
    SEGMENT_HISTORY_SCHEMA,
    SEGMENT_REIGN_EVALUATIONS_SCHEMA,
    SEGMENT_REIGNS_ORDER,
    SEGMENT_REIGNS_SCHEMA,
    SEGMENT_SHIFTS_SCHEMA,
    SEGMENT_SUCCESSIONS_ORDER,
    SEGMENT_SUCCESSIONS_SCHEMA,
)
from tessera.segmentation.over_time.shifts import tell_shifts
from tessera.segmentation.over_time.spine import Spine

__all__ = [
    "SEGMENT_HISTORY_ORDER",
    "SEGMENT_HISTORY_SCHEMA",
    "SEGMENT_REIGNS_ORDER",
    "SEGMENT_REIGNS_SCHEMA",
    "SEGMENT_REIGN_EVALUATIONS_SCHEMA",
    "SEGMENT_SHIFTS_SCHEMA",
    "SEGMENT_SUCCESSIONS_ORDER",
    "SEGMENT_SUCCESSIONS_SCHEMA",
    "UNDAMPED",
    "Damping",
    "Memory",
    "Reign",
    "Spine",
    "assign_by_history",
    "assign_past",
    "evaluate_reign",
    "extend_reigns",
    "extend_successions",
    "models_that_reigned",
    "read_people",
    "reign_at",
    "reigns_of_shop",
    "tell_history",
    "tell_shifts",
]
