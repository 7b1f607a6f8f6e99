"""What the tables of linkage hold: their columns and types, each declared once."""

from __future__ import annotations

import pyarrow as pa

from tessera.frames import TIMESTAMP

CONTACT_LINKAGE_MODELS_SCHEMA = pa.schema(
    [
        ("model_id", pa.string()),
        ("algorithm", pa.string()),
        ("trained_at", TIMESTAMP),
        ("as_of", TIMESTAMP),
        ("feature_names", pa.string()),
        ("settings", pa.string()),
        ("training_fingerprint", pa.string()),
        ("training_rows", pa.int64()),
        ("threshold", pa.float64()),
        ("estimated_precision", pa.float64()),
        ("model_text", pa.string()),
        ("run_id", pa.string()),
        ("candidate_in_run_id", pa.string()),
    ]
)
"""One row per fitted model. ``threshold`` is a match probability, ``estimated_precision`` that of
the pairs at and above it; ``candidate_in_run_id`` is the newest run that links by the model."""

CONTACT_LINKAGE_MODELS_ORDER = ("trained_at", "model_id")

CONTACT_LINKS_SCHEMA = pa.schema(
    [
        ("identifier_id_a", pa.string()),
        ("identifier_id_b", pa.string()),
        ("match_weight", pa.float64()),
        ("match_probability", pa.float64()),
        ("known_at", TIMESTAMP),
    ]
)
"""One row per two contacts that are probably one person; ``identifier_id_a`` < ``identifier_id_b``.
``match_weight`` is the binary logarithm of the odds, prior included."""

CONTACT_LINKS_ORDER = ("identifier_id_a", "identifier_id_b")
