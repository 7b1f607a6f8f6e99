"""The declared columns of the tables that say which features matter, and their rows' order."""

from __future__ import annotations

import pyarrow as pa

FEATURE_VALUES_SCHEMA = pa.schema(
    [
        ("target", pa.string()),
        ("feature_name", pa.string()),
        ("family", pa.string()),
        ("value", pa.float64()),
        ("value_low", pa.float64()),
        ("value_high", pa.float64()),
        ("stability", pa.float64()),
        ("auc_alone", pa.float64()),
        ("redundancy_group", pa.string()),
        ("is_group_head", pa.bool_()),
        ("model_id", pa.string()),
        ("inputs_fingerprint", pa.string()),
        ("run_id", pa.string()),
    ]
)
"""``feature_values``: one row per target (and ``segments``) and feature. ``run_id`` is the run that
measured; as long as the inputs are the same, what it measured holds."""

FEATURE_VALUES_ORDER = ("target", "feature_name")

FAMILY_VALUES_SCHEMA = pa.schema(
    [
        ("target", pa.string()),
        ("family", pa.string()),
        ("features", pa.int64()),
        ("value", pa.float64()),
        ("value_low", pa.float64()),
        ("value_high", pa.float64()),
        ("auc_loss", pa.float64()),
        ("auc_loss_low", pa.float64()),
        ("auc_loss_high", pa.float64()),
        ("model_id", pa.string()),
        ("inputs_fingerprint", pa.string()),
        ("run_id", pa.string()),
    ]
)
"""``family_values``: one row per target and family of features."""

FAMILY_VALUES_ORDER = ("target", "family")

PROFILE_SCORES_SCHEMA = pa.schema(
    [
        ("target", pa.string()),
        ("profile", pa.string()),
        ("features", pa.int64()),
        ("roc_auc", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("baseline_roc_auc", pa.float64()),
        ("added_by_full", pa.float64()),
        ("added_by_full_low", pa.float64()),
        ("added_by_full_high", pa.float64()),
        ("origins", pa.int64()),
        ("rows", pa.int64()),
        ("model_id", pa.string()),
        ("inputs_fingerprint", pa.string()),
        ("run_id", pa.string()),
    ]
)
"""``profile_scores``: one row per target and profile of features."""

PROFILE_SCORES_ORDER = ("target", "profile")
