"""What the leak gate says: a rule, the feature that broke it, and words for a person."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Iterable

MODEL_LEAKS_SCHEMA = pa.schema(
    [
        ("target", pa.string()),
        ("model_id", pa.string()),
        ("rule", pa.string()),
        ("severity", pa.string()),
        ("feature_name", pa.string()),
        ("observed", pa.float64()),
        ("threshold", pa.float64()),
        ("words", pa.string()),
    ]
)
"""``model_leak_findings``: one row per target, model (where one is judged), rule and feature."""

MODEL_LEAKS_ORDER = ("target", "severity", "rule", "feature_name", "model_id")


@dataclass(frozen=True)
class ModelLeak:
    """A broken rule.

    Attributes
    ----------
    rule
        Which one; docs/leaks.md explains each.
    feature_name
        The culprit; None when no feature is.
    observed, threshold
        What was measured, and from where on it is told.
    words
        A sentence: what was seen, and what to do.
    severity
        ``critical`` stops the build, ``warning`` is told.
    model_id
        The model that is judged; None when the rows alone are.
    """

    rule: str
    feature_name: str | None
    observed: float
    threshold: float
    words: str
    severity: str = "critical"
    model_id: str | None = None


def model_leaks_frame(found: Iterable[tuple[str, ModelLeak]]) -> pd.DataFrame:
    """Return findings, each with its target, as rows of :data:`MODEL_LEAKS_SCHEMA` in order."""
    rows = [{"target": target, **asdict(leak)} for target, leak in found]
    rows.sort(key=lambda row: tuple(str(row[name] or "") for name in MODEL_LEAKS_ORDER))
    return pd.DataFrame(rows, columns=MODEL_LEAKS_SCHEMA.names)
