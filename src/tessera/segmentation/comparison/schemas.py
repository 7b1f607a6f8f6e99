"""What the tables of the comparison hold: their columns and types, each declared once."""

from __future__ import annotations

import pyarrow as pa

from tessera.frames import TIMESTAMP

SEGMENT_COMPARISONS_SCHEMA = pa.schema(
    [
        ("segmentation", pa.string()),
        ("segments", pa.int64()),
        ("outcome", pa.string()),
        ("explained_share", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("difference", pa.float64()),
        ("difference_low", pa.float64()),
        ("difference_high", pa.float64()),
        ("lift_top_segment", pa.float64()),
        ("top_segment_share", pa.float64()),
        ("origins", pa.int64()),
        ("evaluated_rows", pa.int64()),
        ("is_best", pa.bool_()),
        ("reason", pa.string()),
        ("model_id", pa.string()),
        ("run_id", pa.string()),
        ("scored_at", TIMESTAMP),
    ]
)
"""One row per segmentation, number of segments and outcome."""

SEGMENT_MAP_POINTS_SCHEMA = pa.schema(
    [
        ("customer_id", pa.string()),
        ("segment_id", pa.string()),
        ("segment_name", pa.string()),
        ("x", pa.float64()),
        ("y", pa.float64()),
        ("x_axis", pa.string()),
        ("y_axis", pa.string()),
        ("explained_variance", pa.float64()),
        ("model_id", pa.string()),
        ("run_id", pa.string()),
        ("scored_at", TIMESTAMP),
    ]
)
"""One row per customer on the map: at most 2,000, chosen by hash."""

SEGMENT_CONTRACT_CLAUSES_SCHEMA = pa.schema(
    [
        ("segment_id", pa.string()),
        ("clause", pa.string()),
        ("value", pa.float64()),
        ("bound", pa.float64()),
        ("is_kept", pa.bool_()),
        ("severity", pa.string()),
        ("owner", pa.string()),
        ("valid_from", pa.date32()),
        ("valid_to", pa.date32()),
        ("reason", pa.string()),
        ("run_id", pa.string()),
        ("scored_at", TIMESTAMP),
    ]
)
"""One row per clause, severity and segment; NULL for what is asked of the whole."""
