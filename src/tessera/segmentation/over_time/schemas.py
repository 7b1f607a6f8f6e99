"""What the tables of segments over time hold: their columns and types, each declared once."""

from __future__ import annotations

import pyarrow as pa

from tessera.frames import TIMESTAMP

SEGMENT_REIGNS_SCHEMA = pa.schema(
    [
        ("model_id", pa.string()),
        ("previous_model_id", pa.string()),
        ("reigns_from", TIMESTAMP),
        ("place", pa.int64()),
        ("segment_id", pa.string()),
        ("segment_name", pa.string()),
        ("archetype", pa.string()),
        ("typical_clearness", pa.string()),
        ("damping", pa.string()),
        ("playbook_fingerprint", pa.string()),
        ("run_id", pa.string()),
        ("began_at", TIMESTAMP),
        ("told_in_run_id", pa.string()),
    ]
)
"""One row per reign and segment. A reign is a model with the ids and names of its segments, in
force from ``reigns_from`` until the next of the same shop; of two from one day the one that began
later (``began_at``, wall time) counts. ``place`` is the segment's place in the model;
``typical_clearness`` (its row of a matrix) and ``damping`` are JSON. ``told_in_run_id`` is the
newest run whose shop the reign belongs to."""

SEGMENT_REIGNS_ORDER = ("reigns_from", "began_at", "model_id", "place")

SEGMENT_SUCCESSIONS_SCHEMA = pa.schema(
    [
        ("reigns_from", TIMESTAMP),
        ("began_at", TIMESTAMP),
        ("model_id", pa.string()),
        ("previous_model_id", pa.string()),
        ("event", pa.string()),
        ("from_segment_id", pa.string()),
        ("from_segment_name", pa.string()),
        ("to_segment_id", pa.string()),
        ("to_segment_name", pa.string()),
        ("customers", pa.int64()),
        ("share", pa.float64()),
        ("run_id", pa.string()),
        ("told_in_run_id", pa.string()),
    ]
)
"""One row per reign and event: what became of a segment, or where a new one came from."""

SEGMENT_SUCCESSIONS_ORDER = (
    "reigns_from",
    "began_at",
    "model_id",
    "event",
    "from_segment_id",
    "to_segment_id",
)

SEGMENT_HISTORY_SCHEMA = pa.schema(
    [
        ("customer_id", pa.string()),
        ("snapshot_at", TIMESTAMP),
        ("segment_id", pa.string()),
        ("segment_name", pa.string()),
        ("nearest_segment_id", pa.string()),
        ("previous_segment_id", pa.string()),
        ("entered_at", TIMESTAMP),
        ("clearness", pa.float64()),
        ("recent_clearness", pa.float64()),
        ("membership_score", pa.float64()),
        ("is_between_segments", pa.bool_()),
        ("model_id", pa.string()),
        ("run_id", pa.string()),
        ("scored_at", TIMESTAMP),
        ("told_in_run_id", pa.string()),
    ]
)
"""One row per customer and snapshot. ``nearest_segment_id`` is where she would be undamped;
``run_id`` the run that said it; ``told_in_run_id`` the newest run that still stands by it."""

SEGMENT_HISTORY_ORDER = ("snapshot_at", "customer_id")

SEGMENT_REIGN_EVALUATIONS_SCHEMA = pa.schema(
    [
        ("model_id", pa.string()),
        ("algorithm", pa.string()),
        ("segments", pa.int64()),
        ("metric", pa.string()),
        ("value", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("baseline_name", pa.string()),
        ("baseline_value", pa.float64()),
        ("skill", pa.float64()),
        ("rows", pa.int64()),
        ("run_id", pa.string()),
    ]
)
"""One row per metric of the reign in force. NULL where there is too little history."""

SEGMENT_SHIFTS_SCHEMA = pa.schema(
    [
        ("snapshot_at", TIMESTAMP),
        ("feature_name", pa.string()),
        ("value", pa.float64()),
        ("usual", pa.float64()),
        ("spread", pa.float64()),
        ("distance", pa.float64()),
        ("is_shift", pa.bool_()),
        ("run_id", pa.string()),
    ]
)
"""One row per month start and feature: the customers' mean over the last month, its mean and
standard deviation at the month starts before, and how many of these lie between them."""

SEGMENT_SHIFTS_ORDER = ("snapshot_at", "feature_name")
