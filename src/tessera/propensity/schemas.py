"""The declared columns of the propensity tables, and the order in which each is read back."""

from __future__ import annotations

import pyarrow as pa

from tessera.frames import TIMESTAMP

REASONS = 3
"""Reasons given for each score: what fits beside a name on a call list."""

REASON_PARTS = {
    "feature": pa.string(),
    "value": pa.float64(),
    "level": pa.string(),
    "contribution": pa.float64(),
    "words": pa.string(),
}
"""What is told of a reason; a number has a value, a text a level, both are said in words."""

PROPENSITY_MODELS_SCHEMA = pa.schema(
    [
        ("model_id", pa.string()),
        ("target", pa.string()),
        ("algorithm", pa.string()),
        ("trained_at", TIMESTAMP),
        ("as_of", TIMESTAMP),
        ("trained_through", TIMESTAMP),
        ("horizon_days", pa.int64()),
        ("feature_names", pa.string()),
        ("feature_versions", pa.string()),
        ("settings", pa.string()),
        ("training_fingerprint", pa.string()),
        ("training_rows", pa.int64()),
        ("encoding", pa.string()),
        ("model_text", pa.string()),
        ("run_id", pa.string()),
        ("candidate_in_run_id", pa.string()),
    ]
)
"""``propensity_models``: one row per fitted model, never changed but for its last candidacy.

``encoding`` is JSON: feature by feature null for a number, or the levels of a text that were learnt
from (:class:`tessera.features.Encoding`)."""

PROPENSITY_MODELS_ORDER = ("trained_at", "target", "algorithm", "model_id")

PROPENSITY_REPLAYS_SCHEMA = pa.schema(
    [
        ("model_id", pa.string()),
        ("target", pa.string()),
        ("algorithm", pa.string()),
        ("origin_at", TIMESTAMP),
        ("fold", pa.int64()),
        ("encoding", pa.string()),
        ("model_text", pa.string()),
        ("run_id", pa.string()),
    ]
)
"""``propensity_replays``: one row per candidate of this run, past origin and fold of people."""

PROPENSITY_REPLAYS_ORDER = ("target", "algorithm", "model_id", "origin_at", "fold")

PROPENSITY_CALIBRATIONS_SCHEMA = pa.schema(
    [
        ("model_id", pa.string()),
        ("target", pa.string()),
        ("algorithm", pa.string()),
        ("method", pa.string()),
        ("log_loss_none", pa.float64()),
        ("log_loss_platt", pa.float64()),
        ("log_loss_isotonic", pa.float64()),
        ("calibration", pa.string()),
        ("run_id", pa.string()),
    ]
)
"""``propensity_calibrations``: one row per candidate of this run that a past origin could judge.

``calibration`` is JSON (:class:`tessera.propensity.calibration.Calibration`)."""

PROPENSITY_CALIBRATIONS_ORDER = ("target", "algorithm", "model_id")

PROPENSITY_EVALUATIONS_SCHEMA = pa.schema(
    [
        ("model_id", pa.string()),
        ("target", pa.string()),
        ("algorithm", pa.string()),
        ("split", pa.string()),
        ("metric", pa.string()),
        ("value", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("baseline_name", pa.string()),
        ("baseline_value", pa.float64()),
        ("skill", pa.float64()),
        ("rows", pa.int64()),
        ("positives", pa.int64()),
        ("run_id", pa.string()),
    ]
)
"""``propensity_evaluations``: one row per model, split and metric."""

PROPENSITY_EVALUATIONS_ORDER = ("target", "algorithm", "model_id", "split", "metric")

PROPENSITY_SCORES_SCHEMA = pa.schema(
    [
        ("customer_id", pa.string()),
        ("snapshot_at", TIMESTAMP),
        ("target", pa.string()),
        ("probability", pa.float64()),
        ("percentile", pa.float64()),
        ("decile", pa.int64()),
        ("grade", pa.string()),
        ("risk_band", pa.string()),
        *(
            (f"reason_{rank}_{part}", kind)
            for rank in range(1, REASONS + 1)
            for part, kind in REASON_PARTS.items()
        ),
        ("model_id", pa.string()),
        ("run_id", pa.string()),
        ("scored_at", TIMESTAMP),
    ]
)
"""``propensity_scores``: one row per eligible customer and target, ordered by target, customer."""

REPLAYED_SCORES_SCHEMA = pa.schema(
    [
        ("target", pa.string()),
        ("model_id", pa.string()),
        ("snapshot_at", TIMESTAMP),
        ("customer_id", pa.string()),
        ("segment_id", pa.string()),
        ("segment_name", pa.string()),
        ("probability", pa.float64()),
        ("decile", pa.int64()),
        ("label", pa.bool_()),
        ("run_id", pa.string()),
    ]
)
"""``replayed_scores``: one row per target, past origin and customer, in that order."""

SCORE_DISTRIBUTIONS_SCHEMA = pa.schema(
    [
        ("target", pa.string()),
        ("bin", pa.int64()),
        ("customers", pa.int64()),
        ("share", pa.float64()),
        ("previous_share", pa.float64()),
        ("previous_run_id", pa.string()),
        ("feeds_folder", pa.string()),
        ("run_id", pa.string()),
    ]
)
"""``score_distributions``: one row per target and tenth of the way from 0 to 1."""

SCORE_DISTRIBUTIONS_ORDER = ("target", "bin")
