"""The declared columns of the track record's tables, and the order in which each is read back."""

from __future__ import annotations

import pyarrow as pa

from tessera.frames import TIMESTAMP

REMEMBERED_SCORES_SCHEMA = pa.schema(
    [
        ("target", pa.string()),
        ("snapshot_at", TIMESTAMP),
        ("customer_id", pa.string()),
        ("probability", pa.float64()),
        ("model_id", pa.string()),
        ("closes_at", TIMESTAMP),
        ("feeds_folder", pa.string()),
        ("run_id", pa.string()),
    ]
)
"""``remembered_scores``: one row per target, snapshot and sampled customer that was scored."""

REMEMBERED_SCORES_ORDER = ("target", "snapshot_at", "customer_id")

KEPT_PROMISES_SCHEMA = pa.schema(
    [
        ("target", pa.string()),
        ("snapshot_at", TIMESTAMP),
        ("model_id", pa.string()),
        ("metric", pa.string()),
        ("closes_at", TIMESTAMP),
        ("promised_value", pa.float64()),
        ("promised_low", pa.float64()),
        ("promised_high", pa.float64()),
        ("realised_value", pa.float64()),
        ("realised_low", pa.float64()),
        ("realised_high", pa.float64()),
        ("gap", pa.float64()),
        ("customers_scored", pa.int64()),
        ("customers_seen_again", pa.int64()),
        ("positives", pa.int64()),
        ("feeds_folder", pa.string()),
        ("realised_as_of", TIMESTAMP),
        ("run_id", pa.string()),
    ]
)
"""``kept_promises``: one row per target, snapshot, metric and instant at which it was settled.

``realised_*``, ``gap``, ``positives`` and ``realised_as_of`` are NULL while the horizon is open. A
settled row never changes; an open one is written anew by each build."""

KEPT_PROMISES_ORDER = ("target", "snapshot_at", "metric", "realised_as_of")

PROPENSITY_BACKTESTS_SCHEMA = pa.schema(
    [
        ("target", pa.string()),
        ("origin_at", TIMESTAMP),
        ("metric", pa.string()),
        ("algorithm", pa.string()),
        ("model_id", pa.string()),
        ("promised_value", pa.float64()),
        ("promised_low", pa.float64()),
        ("promised_high", pa.float64()),
        ("promise_origins", pa.int64()),
        ("realised_value", pa.float64()),
        ("realised_low", pa.float64()),
        ("realised_high", pa.float64()),
        ("gap", pa.float64()),
        ("gap_low", pa.float64()),
        ("gap_high", pa.float64()),
        ("rows", pa.int64()),
        ("positives", pa.int64()),
        ("run_id", pa.string()),
    ]
)
"""``propensity_backtests``: one row per target, past origin and metric."""

PROPENSITY_BACKTESTS_ORDER = ("target", "origin_at", "metric")

MODEL_IMPORTANCES_SCHEMA = pa.schema(
    [
        ("target", pa.string()),
        ("champion_as_of", TIMESTAMP),
        ("model_id", pa.string()),
        ("feature_name", pa.string()),
        ("algorithm", pa.string()),
        ("importance", pa.float64()),
        ("share", pa.float64()),
        ("customers", pa.int64()),
        ("run_id", pa.string()),
    ]
)
"""``model_importances``: one row per model that was champion, and feature that it reads."""

MODEL_IMPORTANCES_ORDER = ("target", "champion_as_of", "model_id", "feature_name")

_ALERTS = [
    ("alerts", pa.int64()),
    ("realised_precision", pa.float64()),
    ("share_alerted", pa.float64()),
    ("share_alerted_before", pa.float64()),
    ("lead_days_first_quartile", pa.float64()),
    ("lead_days_median", pa.float64()),
    ("lead_days_third_quartile", pa.float64()),
]

LEAD_TIMES_SCHEMA = pa.schema(
    [
        ("target", pa.string()),
        ("stated_precision", pa.float64()),
        ("algorithm", pa.string()),
        ("model_id", pa.string()),
        ("first_origin_at", TIMESTAMP),
        ("last_origin_at", TIMESTAMP),
        ("origins", pa.int64()),
        ("base_rate", pa.float64()),
        ("customers_stopped", pa.int64()),
        ("customers_scored_before", pa.int64()),
        *_ALERTS,
        *((f"baseline_{name}", kind) for name, kind in _ALERTS),
        ("baseline_days", pa.float64()),
        ("inputs_fingerprint", pa.string()),
        ("run_id", pa.string()),
    ]
)
"""``lead_times``: one row per churn target and stated precision."""

LEAD_TIMES_ORDER = ("target", "stated_precision")
