"""What the audit says: one finding per broken rule, or per feature that moved."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa

from tessera.frames import TIMESTAMP

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

NOTHING_TO_DELETE = "nothing_to_delete"
"""Not a leak: nothing was known at or after the snapshot, so that its audit proves nothing."""

FINDING_SCHEMA = pa.schema(
    [
        pa.field("rule", pa.string()),
        pa.field("subject_name", pa.string()),
        pa.field("feature_name", pa.string()),
        pa.field("snapshot_at", TIMESTAMP),
        pa.field("customers_checked", pa.int64()),
        pa.field("customers_moved", pa.int64()),
        pa.field("detail", pa.string()),
    ]
)
"""Columns of ``features.leak_findings``."""

FINDING_ORDER = ("rule", "subject_name", "feature_name", "snapshot_at", "detail")


@dataclass(frozen=True)
class Finding:
    """A broken rule, or a feature that moved.

    Attributes
    ----------
    rule
        Which rule, such as ``fact_without_its_time``; docs/leaks.md explains each.
    subject_name
        The model, or the file of a user's own feature.
    feature_name
        The feature, when it is one alone.
    snapshot_at
        The snapshot at which features were computed again; None for a rule about SQL.
    customers_checked, customers_moved
        How many customers were computed again, and how many had another value then.
    detail
        A sentence: what, where, and what to write instead.
    """

    rule: str
    subject_name: str
    feature_name: str | None
    detail: str
    snapshot_at: datetime | None = None
    customers_checked: int | None = None
    customers_moved: int | None = None


def findings_frame(findings: Iterable[Finding]) -> pd.DataFrame:
    """Return findings as rows of :data:`FINDING_SCHEMA`, in a fixed order."""
    rows = sorted((asdict(each) for each in findings), key=_order)
    frame = pd.DataFrame(rows, columns=FINDING_SCHEMA.names)
    for name in ("customers_checked", "customers_moved"):
        frame[name] = frame[name].astype("Int64")
    frame["snapshot_at"] = frame["snapshot_at"].astype("datetime64[us]")
    return frame


def _order(row: dict[str, object]) -> tuple[str, ...]:
    return tuple(str(row[name] or "") for name in FINDING_ORDER)
