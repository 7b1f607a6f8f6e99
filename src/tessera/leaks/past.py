"""The world as it was known at a snapshot: a database in memory that later facts never reached.

It has the schemas of the build under the same name, so that the queries of a build run in it as
they are. Of the facts it has those of a few customers, and of these only what was known: later
rows are not there, and what later knowledge wrote into earlier rows is undone.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import duckdb

from tessera.leaks.law import FEATURES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from tessera.leaks.law import Fact, Law

MEMORY = "1GB"
"""Enough for the facts of a few hundred customers, and no burden beside a build."""

NEVER = "timestamp '9999-12-31'"
"""The end of what has not ended."""

IN_MEMORY = "memory"
"""How DuckDB calls the database of a connection without a file."""

_SPINE_COLUMNS = "customer_snapshot_id, customer_id, snapshot_at, true as is_newest"


@dataclass(frozen=True)
class Deleted:
    """What of a table of facts was not known at the snapshot.

    Attributes
    ----------
    relation
        The table.
    rows
        Rows left out.
    undone
        Rows that stay, without what was written into them later.
    """

    relation: str
    rows: int
    undone: int


@dataclass(frozen=True)
class Past:
    """A world in memory, and what it was made from.

    Attributes
    ----------
    world
        The connection to it.
    now
        The connection to the build; only read.
    snapshot_at
        Nothing known at or after this instant is in the world.
    """

    world: duckdb.DuckDBPyConnection
    now: Any
    snapshot_at: datetime

    def take_customers(self, limit: int) -> int:
        """Take customers of the snapshot, those of whom more came to be known first; count them.

        Which ones is decided by a hash of their id.
        """
        self.now.execute(
            f"""
            create or replace temp table leak_customers as
            select customer_snapshot_id, customer_id, snapshot_at
            from {FEATURES}.customer_features
            where snapshot_at = ?
            order by customer_id not in (select customer_id from leak_later), md5(customer_id)
            limit ?
            """,
            [self.snapshot_at, limit],
        )
        for name in ("customer_snapshots", "snapshots_due"):
            self._copy(f"{FEATURES}.{name}", f"select {_SPINE_COLUMNS} from leak_customers")
        dates = "select ? as snapshot_at, true as is_newest"
        self._copy(f"{FEATURES}.snapshot_dates", dates, [self.snapshot_at])
        return int(self._value(self.now, "select count(*) from leak_customers"))

    def find_later(self, law: Law) -> None:
        """Note of whom anything came to be known at or after the snapshot."""
        asked = [
            f"select customer_id from {fact.relation} where {_is_later(fact)}"
            for fact in law.facts.values()
            if self._columns(fact.relation)
        ]
        union = " union ".join(asked) or "select '' where false"
        self.now.execute(
            f"create or replace temp table leak_later as select customer_id from ({union}) "
            "where customer_id is not null",
            {"snapshot": self.snapshot_at} if asked else {},
        )

    def take_fact(self, fact: Fact) -> Deleted:
        """Take what was known of the customers; say what was not."""
        columns = self._columns(fact.relation)
        if not columns:
            return Deleted(fact.relation, 0, 0)
        mine = f"from {fact.relation} where customer_id in (select customer_id from leak_customers)"
        when = {"snapshot": self.snapshot_at}
        known = f"{fact.known_at} < $snapshot"
        selected = ", ".join(_as_known(fact, name, kind) for name, kind in columns)
        self._copy(fact.relation, f"select {selected} {mine} and {known}", when)
        undone = f"{known} and ({' or '.join(_written_later(fact)) or 'false'})"
        return Deleted(
            fact.relation,
            self._value(self.now, f"select count(*) {mine} and not ({known})", when),
            self._value(self.now, f"select count(*) {mine} and {undone}", when),
        )

    def take_whole(self, relation: str) -> None:
        """Take a table that has no time."""
        self._copy(relation, f"select * from {relation}")

    def take_empty(self, relation: str) -> None:
        """Take the columns of a table that no feature may read, and none of its rows."""
        self._copy(relation, f"select * from {relation} limit 0")

    def take_built(self) -> None:
        """Take the features as they were built, under the name ``built``."""
        self._copy(
            "main.built",
            f"select * from {FEATURES}.customer_features where customer_snapshot_id in "
            "(select customer_snapshot_id from leak_customers)",
        )

    def _copy(self, relation: str, query: str, given: Any = None) -> None:
        found = self.now.execute(query, given or []).to_arrow_table()
        schema, _, name = relation.rpartition(".")
        self.world.register("arriving", found)
        self.world.execute(f'create schema if not exists "{schema}"')
        types = self._columns(relation)
        columns = ", ".join(f'cast("{each}" as {kind}) as "{each}"' for each, kind in types)
        self.world.execute(
            f'create or replace table "{schema}"."{name}" as select {columns or "*"} from arriving'
        )
        self.world.unregister("arriving")

    def _columns(self, relation: str) -> list[tuple[str, str]]:
        schema, _, name = relation.rpartition(".")
        rows: list[tuple[str, str]] = self.now.execute(
            "select column_name, data_type from information_schema.columns where "
            "table_catalog = current_database() and table_schema = ? and table_name = ? "
            "order by ordinal_position",
            [schema, name],
        ).fetchall()
        return rows

    @staticmethod
    def _value(connection: Any, query: str, given: Any = None) -> int:
        return int(connection.execute(query, given or []).fetchall()[0][0])


@contextmanager
def past_of(now: Any, snapshot_at: datetime) -> Iterator[Past]:
    """Open the world of a snapshot, still empty, beside the build that ``now`` is connected to."""
    name = str(now.execute("select current_database()").fetchall()[0][0])
    with duckdb.connect() as world:
        world.execute(f"set TimeZone = 'UTC'; set memory_limit = '{MEMORY}'")
        if name != IN_MEMORY:
            world.execute(f'attach \':memory:\' as "{name}"; use "{name}"')
        yield Past(world, now, snapshot_at)


def _is_later(fact: Fact) -> str:
    return " or ".join([f"{fact.known_at} >= $snapshot", *_written_later(fact)])


def _written_later(fact: Fact) -> list[str]:
    """Return the conditions under which later knowledge wrote into a row."""
    written = [f"{later.known_at} >= $snapshot" for later in fact.later]
    return written + ([_has_ended(fact.until)] if fact.until else [])


def _has_ended(until: str) -> str:
    return f"({until} >= $snapshot and {until} < {NEVER})"


def _as_known(fact: Fact, column: str, kind: str) -> str:
    """Return a column as it stood at the snapshot: never NULL where the build has an end."""
    if column == fact.until:
        return f"case when {_has_ended(column)} then {NEVER} else {column} end as {column}"
    for later in fact.later:
        if column == later.known_at:
            return f"case when {column} >= $snapshot then {NEVER} else {column} end as {column}"
        if column in later.columns:
            unknown = "false" if kind == "BOOLEAN" else "null"
            written = f"{later.known_at} >= $snapshot"
            return f"case when {written} then {unknown} else {column} end as {column}"
    return f'"{column}"'
