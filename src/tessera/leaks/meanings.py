"""What the rows of a query still owe to the law of time, and what its columns mean to it.

Rows of facts come with a question that is *pending*: were they known at the snapshot? A condition
such as ``orders.known_at < snapshots.snapshot_at`` answers it. Until then the column that can
answer must be carried along; a query that drops it has mixed what was known with what was not.
"""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 - a dataclass keeps it
from dataclasses import dataclass, replace
from enum import StrEnum


class Role(StrEnum):
    """What a column of the spine, or a copy of one, is good for."""

    CUSTOMER = "customer_id"
    SNAPSHOT_KEY = "customer_snapshot_id"
    SNAPSHOT_AT = "snapshot_at"
    SNAPSHOT_PERIOD = "snapshot_period"
    PERIOD = "period"
    PERIOD_START = "starts_at"
    PERIOD_END = "ends_at"


@dataclass(frozen=True)
class Pending:
    """A question of time that rows or a column still await.

    Attributes
    ----------
    relation, column
        The table of facts, and its column that answers.
    is_end
        The column says until when, not since when: ``>=`` answers, not ``<``.
    edge
        What the column is compared with: the snapshot's time, or the period that begins there.
    source
        Which of several readings of the table in one query, by aliases.
    """

    relation: str
    column: str
    is_end: bool = False
    edge: Role = Role.SNAPSHOT_AT
    source: str = ""

    def under(self, alias: str) -> Pending:
        """Return the question as it is put to a source called ``alias``."""
        return replace(self, source=f"{alias}/{self.source}")

    @property
    def alias(self) -> str:
        """The source that it is a question of."""
        return self.source.partition("/")[0]

    @property
    def condition(self) -> str:
        """What answers it, in SQL."""
        table = self.relation.rpartition(".")[2]
        return f"{table}.{self.column} {'>=' if self.is_end else '<'} snapshots.snapshot_at"


@dataclass(frozen=True)
class Meaning:
    """A column of a query.

    Attributes
    ----------
    role
        What it is, when it is a column of the spine.
    times
        The questions that it answers: it says since when, or until when, a row is known.
    answers
        The questions that it answers by being true.
    pending
        The questions that its own value awaits, beside those of its row.
    marks
        Numbers of the findings that its values come from.
    """

    role: Role | None = None
    times: frozenset[Pending] = frozenset()
    answers: frozenset[Pending] = frozenset()
    pending: frozenset[Pending] = frozenset()
    marks: frozenset[int] = frozenset()

    def under(self, alias: str) -> Meaning:
        """Return the column as one of a source called ``alias``."""
        return replace(
            self,
            times=frozenset(each.under(alias) for each in self.times),
            answers=frozenset(each.under(alias) for each in self.answers),
            pending=frozenset(each.under(alias) for each in self.pending),
        )


@dataclass(frozen=True)
class Rows:
    """What a query returns, as far as the law of time is concerned.

    Attributes
    ----------
    columns
        Its columns by name.
    pending
        The questions that all rows await.
    bounded
        Those of which rows that no snapshot knows have been left out.
    is_of_snapshots
        Whether a row belongs to a snapshot.
    is_of_customers
        Whether it tells of customers at all.
    marks
        Numbers of the findings that decide which rows there are.
    """

    columns: Mapping[str, Meaning]
    pending: frozenset[Pending] = frozenset()
    bounded: frozenset[Pending] = frozenset()
    is_of_snapshots: bool = False
    is_of_customers: bool = False
    marks: frozenset[int] = frozenset()

    def under(self, alias: str) -> Rows:
        """Return the rows as those of a source called ``alias``."""
        return replace(
            self,
            columns={name: column.under(alias) for name, column in self.columns.items()},
            pending=frozenset(each.under(alias) for each in self.pending),
            bounded=frozenset(each.under(alias) for each in self.bounded),
        )

    def marked(self, mark: int) -> Rows:
        """Return the rows as those of a finding, every column of them."""
        columns = {
            name: replace(column, marks=column.marks | {mark})
            for name, column in self.columns.items()
        }
        return replace(self, columns=columns, marks=self.marks | {mark})
