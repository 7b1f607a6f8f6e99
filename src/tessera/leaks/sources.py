"""What a query reads: tables by name and queries by alias, each as rows with their meaning."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 - a dataclass keeps it
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlglot import exp

from tessera.leaks.meanings import Meaning, Pending, Role, Rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tessera.leaks.law import Fact


@dataclass(frozen=True)
class Sources:
    """The sources of one query by alias, and of the queries around it."""

    rows: Mapping[str, Rows]
    outer: Sources | None = None

    def meaning(self, column: exp.Column) -> Meaning:
        """Return what a column of a source means; nothing, when there is no such source."""
        rows = self.rows.get(column.table)
        if rows is not None:
            return rows.columns.get(column.name, Meaning())
        return self.outer.meaning(column) if self.outer else Meaning()

    def times(self, node: exp.Expr) -> frozenset[Pending]:
        """Return the questions that an expression answers, when it is a plain column."""
        return self.meaning(node).times if isinstance(node, exp.Column) else frozenset()

    @property
    def pending(self) -> frozenset[Pending]:
        """The questions that rows of any source await."""
        return frozenset().union(*(rows.pending for rows in self.rows.values()))

    @property
    def bounded(self) -> frozenset[Pending]:
        """Those of which rows that no snapshot knows have been left out."""
        return frozenset().union(*(rows.bounded for rows in self.rows.values()))

    def aliases(self, role: Role) -> Iterator[str]:
        """Yield the aliases of sources that have a column of a role."""
        for alias, rows in self.rows.items():
            if any(column.role is role for column in rows.columns.values()):
                yield alias


def fact_rows(fact: Fact, columns: Sequence[str]) -> Rows:
    """Return the rows of a table of facts: all await the time since when they are known."""
    known = Pending(fact.relation, fact.known_at)
    end = Pending(fact.relation, fact.until, is_end=True) if fact.until else None
    meanings = {name: Meaning(role=_customer(name)) for name in columns}
    for later in fact.later:
        question = frozenset({Pending(fact.relation, later.known_at)})
        for name in {*later.columns} & meanings.keys():
            meanings[name] = replace(meanings[name], pending=meanings[name].pending | question)
        meanings[later.known_at] = Meaning(times=question, pending=question)
    if end and fact.until:
        meanings[fact.until] = Meaning(times=frozenset({end}))
    meanings[fact.known_at] = Meaning(times=frozenset({known}))
    pending = frozenset({known, end} if end else {known})
    return Rows(meanings, pending, is_of_customers=True)


def spine_rows(columns: Iterable[str]) -> Rows:
    """Return the rows of a table of the spine, whose columns are known by their names."""
    roles = {role.value: role for role in Role}
    meanings = {name: Meaning(role=roles.get(name)) for name in columns}
    is_of_snapshots = Role.SNAPSHOT_AT.value in meanings
    return Rows(meanings, is_of_snapshots=is_of_snapshots, is_of_customers=is_of_snapshots)


def plain_rows(columns: Iterable[str]) -> Rows:
    """Return rows that have nothing to do with time or customers."""
    return Rows({name: Meaning() for name in columns})


def _customer(name: str) -> Role | None:
    return Role.CUSTOMER if name == Role.CUSTOMER.value else None
