"""What the tables of meaning hold: their columns and types, each declared once."""

from __future__ import annotations

import pyarrow as pa

from tessera.frames import TIMESTAMP

SEGMENT_MEANINGS_SCHEMA = pa.schema(
    [
        ("segment_id", pa.string()),
        ("segment_name", pa.string()),
        ("archetype", pa.string()),
        ("macro_segment_id", pa.string()),
        ("macro_segment_name", pa.string()),
        ("description", pa.string()),
        ("strategy", pa.string()),
        ("kpi", pa.string()),
        ("owner", pa.string()),
        ("valid_from", pa.date32()),
        ("valid_to", pa.date32()),
        ("model_id", pa.string()),
        ("run_id", pa.string()),
    ]
)
"""One row per segment of the model in force: what it is called today, and what people say of it.

``archetype`` is NULL where the playbook had none left; the words are then those of the archetype
that the segment resembles most."""

SEGMENT_MEANINGS_ORDER = ("segment_id",)

MICRO_SEGMENT_MODELS_SCHEMA = pa.schema(
    [
        ("model_id", pa.string()),
        ("segment_id", pa.string()),
        ("place", pa.int64()),
        ("micro_segments", pa.int64()),
        ("agreement", pa.float64()),
        ("training_rows", pa.int64()),
        ("trained_at", TIMESTAMP),
        ("as_of", TIMESTAMP),
        ("model_text", pa.string()),
        ("run_id", pa.string()),
    ]
)
"""One row per segmentation that was champion and segment of it: its parts, as text, for good.
``place`` is the segment's place in the segmentation.

``agreement`` is the adjusted Rand index of two fits, each on one half of the members; NULL for a
segment of one part."""

MICRO_SEGMENT_MODELS_ORDER = ("as_of", "trained_at", "model_id", "segment_id", "place")

MICRO_SEGMENTS_SCHEMA = pa.schema(
    [
        ("micro_segment_id", pa.string()),
        ("segment_id", pa.string()),
        ("micro_segment_name", pa.string()),
        ("description", pa.string()),
        ("model_id", pa.string()),
        ("run_id", pa.string()),
    ]
)
"""One row per part of a segment in force."""

MICRO_SEGMENTS_ORDER = ("micro_segment_id",)

MICRO_ASSIGNMENTS_SCHEMA = pa.schema(
    [
        ("customer_id", pa.string()),
        ("segment_id", pa.string()),
        ("micro_segment_id", pa.string()),
        ("run_id", pa.string()),
    ]
)
"""One row per customer who has a segment."""

SEGMENT_DRIVER_SCORES_SCHEMA = pa.schema(
    [
        ("segment_id", pa.string()),
        ("rank", pa.int64()),
        ("feature_name", pa.string()),
        ("description", pa.string()),
        ("direction", pa.string()),
        ("statistic", pa.string()),
        ("segment_value", pa.float64()),
        ("population_value", pa.float64()),
        ("importance", pa.float64()),
        ("contribution", pa.float64()),
        ("stability", pa.float64()),
        ("run_id", pa.string()),
    ]
)
"""One row per segment and rank, at most ten. ``importance`` is the share of all that moves the
surrogate's log-odds of its members, either way; ``contribution`` the mean of what moves them."""

SEGMENT_DRIVER_SCORES_ORDER = ("segment_id", "rank")

SEGMENT_MEMBER_VALUES_SCHEMA = pa.schema(
    [
        ("segment_id", pa.string()),
        ("kind", pa.string()),
        ("rank", pa.int64()),
        ("feature_name", pa.string()),
        ("description", pa.string()),
        ("value", pa.float64()),
        ("segment_median", pa.float64()),
        ("population_median", pa.float64()),
        ("run_id", pa.string()),
    ]
)
"""One row per segment, kind of member (typical, atypical) and driver."""

SEGMENT_MEMBER_VALUES_ORDER = ("segment_id", "kind", "rank")
