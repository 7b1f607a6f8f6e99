"""Snapshots read one at a time, so that a million customers with a past need no more memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd
from duckdb import ColumnExpression, ConstantExpression

from tessera import frames
from tessera.segmentation.over_time.geometry import features_of
from tessera.segmentation.over_time.recent import columns_beside
from tessera.segmentation.over_time.shifts import month_columns

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tessera.segmentation.over_time.reigns import Reign

KEYS = ("customer_id", "snapshot_at")


@dataclass(frozen=True)
class Spine:
    """The customers at each snapshot until ``as_of``.

    Attributes
    ----------
    relation
        What ``dbt.ref("customer_features")`` returns: a row per customer and snapshot.
    instants
        Its snapshots, the oldest first.
    columns
        What is read beside the keys, as far as it is there.
    """

    relation: Any
    instants: tuple[pd.Timestamp, ...]
    columns: tuple[str, ...]

    @classmethod
    def of(cls, relation: Any, reigns: Iterable[Reign], as_of: pd.Timestamp) -> Spine:
        """Look up the snapshots, and which columns the reigns read."""
        return cls._with(relation, columns_of(reigns), as_of)

    @classmethod
    def of_months(cls, relation: Any, reign: Reign | None, as_of: pd.Timestamp) -> Spine:
        """Look up the snapshots, and which columns tell the last month of what a reign reads."""
        features = features_of(reign.model) if reign else ()
        return cls._with(relation, month_columns(features).values(), as_of)

    @classmethod
    def _with(cls, relation: Any, columns: Iterable[str], as_of: pd.Timestamp) -> Spine:
        rows = relation.select(ColumnExpression("snapshot_at")).distinct().fetchall()
        instants = sorted(pd.Timestamp(instant) for (instant,) in rows)
        return cls(
            relation,
            tuple(instant for instant in instants if instant <= as_of),
            tuple(name for name in columns if name in relation.columns),
        )

    def read(self, instant: pd.Timestamp) -> pd.DataFrame:
        """Return the customers of one snapshot, ordered by customer."""
        at = ConstantExpression(instant.to_pydatetime())
        rows = self.relation.filter(ColumnExpression("snapshot_at") == at)
        return frames.read(rows, frames.SNAPSHOT_ORDER, list(self.columns))


def columns_of(reigns: Iterable[Reign]) -> list[str]:
    """Return the columns that placing customers under these reigns reads, each once."""
    names: dict[str, None] = {}
    for reign in reigns:
        features = features_of(reign.model)
        names |= dict.fromkeys([*features, *columns_beside(features, reign.damping.recent_days)])
    return list(names)
