"""Snapshots read one at a time, so that a million customers with a past need no more memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd
from duckdb import ColumnExpression, ConstantExpression

from tessera import frames
from tessera.segmentation.model import read_model, registry_rows
from tessera.segmentation.over_time.damping import DECLARED
from tessera.segmentation.over_time.geometry import features_of
from tessera.segmentation.over_time.recent import columns_beside
from tessera.segmentation.over_time.shifts import month_columns
from tessera.segmentation.sampling import choose_customers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tessera.segmentation.over_time.reigns import Reign

REHEARSAL_CUSTOMERS = 20_000
"""Customers that a rehearsal follows: a share of 8 % that moves is then known to .2 %."""

MONTHS = 7
"""Newest snapshots that a rehearsal goes through: half a year of pairs. Of a young shop the months
before say more about how its windows filled than about its customers."""


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
    def of_models(cls, relation: Any, models: pd.DataFrame, as_of: pd.Timestamp) -> Spine:
        """Look up the snapshots, and which columns rows of ``segment_models`` read."""
        names: dict[str, None] = {}
        for row in registry_rows(models):
            features = features_of(read_model(row))
            names |= dict.fromkeys([*features, *columns_beside(features, DECLARED.recent_days)])
        return cls._with(relation, names, as_of)

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

    def sampled(self, as_of: pd.Timestamp) -> Iterator[tuple[pd.Timestamp, pd.DataFrame]]:
        """Yield the last month starts with the customers that a rehearsal follows.

        ``as_of`` itself has no part in it: it lies anywhere within its month.
        """
        past = [instant for instant in self.instants if instant < as_of][-MONTHS:]
        if not past:
            return
        newest = self.read(past[-1])
        chosen = choose_customers(newest, REHEARSAL_CUSTOMERS)
        followed = pd.Index(chosen["customer_id"], dtype=object)
        for instant in past:
            customers = newest if instant == past[-1] else self.read(instant)
            names = pd.Index(customers["customer_id"], dtype=object)
            yield instant, customers[followed.get_indexer(names) >= 0].reset_index(drop=True)


def columns_of(reigns: Iterable[Reign]) -> list[str]:
    """Return the columns that placing customers under these reigns reads, each once."""
    names: dict[str, None] = {}
    for reign in reigns:
        features = features_of(reign.model)
        names |= dict.fromkeys([*features, *columns_beside(features, reign.damping.recent_days)])
    return list(names)
