"""The person's rows in the feeds: which files hold them, and what will keep them out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tessera.commands.erasure.catalog import quoted, tables_of
from tessera.identity.spellings import identifier_key, spellings

if TYPE_CHECKING:
    from tessera.commands.erasure.catalog import Table
    from tessera.commands.erasure.person import Person
    from tessera.commands.erasure.traces import Traces

LINES_HANG_ON = "order_id"
"""The one id by which rows of another feed belong to somebody without naming them."""


def held_in_feeds(traces: Traces) -> dict[str, int]:
    """Return how many rows of each feed file are the person's, as the last build read it."""
    held: dict[str, int] = {}
    for table in _landed(traces):
        for file, rows in traces.connection.execute(
            "select feed_file, count(distinct feed_row) "
            f"from {table.within('build')} where {traces.is_own(table)} group by feed_file"
        ).fetchall():
            held[file] = max(rows, held.get(file, 0))
    return dict(sorted(held.items()))


def tombstone_keys(traces: Traces, person: Person, secret: str) -> set[tuple[str, str]]:
    """Return type and key of every tombstone that keeps the person's rows out.

    Beside their identifiers these are the ids of their orders, whose lines name nobody, and of
    rows that name them by a shared cookie or device alone.
    """
    names = {(each.identifier_type, text) for each in person.own for text in spellings(each)}
    names |= set(
        traces.connection.execute(
            "select column_name, value from own_rows where column_name = ?", [LINES_HANG_ON]
        ).fetchall()
    )
    for table in _landed(traces):
        names |= _unnamed_rows(traces, table)
    keys = {(kind, identifier_key(secret, kind, value)) for kind, value in names}
    return keys | {("customer_id", customer_id) for customer_id in person.customer_ids}


def _unnamed_rows(traces: Traces, table: Table) -> set[tuple[str, str]]:
    ids = sorted({column for _, column in traces.declared} & set(table.texts) - {LINES_HANG_ON})
    found: set[tuple[str, str]] = set()
    for column in ids:
        rows = traces.connection.execute(
            f"select distinct {quoted(column)} from {table.within('build')} "
            f"where {traces.is_own(table)} and not {traces.is_named(table)} "
            f"and {quoted(column)} in (select value from own_rows where column_name = ?)",
            [column],
        ).fetchall()
        found |= {(column, value) for (value,) in rows}
    return found


def _landed(traces: Traces) -> list[Table]:
    return [
        table
        for table in tables_of(traces.connection, "build")
        if {"feed_file", "feed_row"} <= set(table.columns) and table.schema == "pii"
    ]
