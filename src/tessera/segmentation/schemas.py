"""What the tables of segmentation hold: their columns and types, each declared once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from tessera.frames import TIMESTAMP

if TYPE_CHECKING:
    import pandas as pd

SEGMENT_MODELS_SCHEMA = pa.schema(
    [
        ("model_id", pa.string()),
        ("algorithm", pa.string()),
        ("segments", pa.int64()),
        ("trained_at", TIMESTAMP),
        ("as_of", TIMESTAMP),
        ("feature_names", pa.string()),
        ("feature_versions", pa.string()),
        ("settings", pa.string()),
        ("training_fingerprint", pa.string()),
        ("training_rows", pa.int64()),
        ("model_text", pa.string()),
        ("run_id", pa.string()),
        ("candidate_in_run_id", pa.string()),
    ]
)
"""One row per fitted model. ``candidate_in_run_id`` is the newest run it was a candidate in."""

SEGMENT_MODELS_ORDER = ("trained_at", "algorithm", "segments", "model_id")

SEGMENT_EVALUATIONS_SCHEMA = pa.schema(
    [
        ("model_id", pa.string()),
        ("evaluation_fingerprint", pa.string()),
        ("segments", pa.int64()),
        ("metric", pa.string()),
        ("value", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("baseline_name", pa.string()),
        ("baseline_value", pa.float64()),
        ("skill", pa.float64()),
        ("rows", pa.int64()),
        ("reason", pa.string()),
        ("run_id", pa.string()),
        ("candidate_in_run_id", pa.string()),
    ]
)
"""One row per model, evaluation fingerprint (what it was measured on, and how) and metric.

``skill`` is the share of the way from the baseline to 1. ``reason`` stands beside ``is_chosen``:
why, or why not. ``run_id`` is the run that measured;
``candidate_in_run_id`` the newest run for whose candidates, data and seed the row holds."""

SEGMENT_EVALUATIONS_ORDER = ("segments", "model_id", "evaluation_fingerprint", "metric")

SEGMENT_ASSIGNMENTS_SCHEMA = pa.schema(
    [
        ("customer_id", pa.string()),
        ("snapshot_at", TIMESTAMP),
        ("segment_id", pa.string()),
        ("segment_name", pa.string()),
        ("membership_score", pa.float64()),
        ("is_between_segments", pa.bool_()),
        ("model_id", pa.string()),
        ("run_id", pa.string()),
        ("scored_at", TIMESTAMP),
    ]
)
"""One row per customer and snapshot."""

SEGMENT_ASSIGNMENTS_ORDER = ("customer_id", "snapshot_at")

SEGMENT_PREDICATES_SCHEMA = pa.schema(
    [
        ("model_id", pa.string()),
        ("segment_id", pa.string()),
        ("predicate_sql", pa.string()),
        ("predicate_fidelity", pa.float64()),
        ("run_id", pa.string()),
    ]
)
"""One row per model and segment that somebody is in."""

SEGMENT_PREDICATES_ORDER = ("model_id", "segment_id")


def empty_frame(schema: pa.Schema) -> pd.DataFrame:
    """Return a frame without rows whose columns have the types of ``schema``."""
    frame: pd.DataFrame = schema.empty_table().to_pandas()
    return frame
