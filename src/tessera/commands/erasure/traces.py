"""Which rows of a file are the person's, and which texts of other rows mention them.

Asked of every table that the file has, in three ways. A row is the person's when one of its texts
is a keyed hash of theirs, when a column says what identifier it holds and it is one of theirs, or
when it carries the id of a row that is theirs (an order's lines, a snapshot's features). Any other
text that mentions them, in whatever row, loses the mention.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tessera.commands.erasure.catalog import Table, literal, quoted, tables_of
from tessera.identity.spellings import (
    REFERENCE_TYPES,
    Identifier,
    is_telling,
    spellings,
    telling_texts,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    import duckdb

    from tessera.commands.erasure.person import Person

FORGOTTEN = "(forgotten)"

BEFORE = r"(^|[^a-z0-9._%+@-]|%[0-9a-f]{2})"
AFTER = r"($|[^a-z0-9_%+@.-]|%[0-9a-f]{2}|\.(?:$|[^a-z0-9]))"
"""What may stand beside a mention: ``jo.ann@example.com`` does not mention ``ann@example.com``."""

_KEY = "[0-9a-f]{32}"


@dataclass(frozen=True)
class Traces:
    """What the person's rows are known by, as temporary tables of a connection, and a pattern.

    Attributes
    ----------
    connection
        Holds ``own_names`` (identifier_type, value), ``own_keys`` (value), ``own_rows``
        (column_name, value) and ``own_places`` (feed_file, feed_row).
    declared
        Table and column of the ids that name one row, from :func:`catalog.declared_keys`.
    texts
        What mentions the person wherever it stands, in small letters.
    searched
        Values and hashes that the bytes of a file must not hold.
    pattern
        Regular expression of a mention in one file; empty: nothing there can mention them.
    """

    connection: duckdb.DuckDBPyConnection
    declared: frozenset[tuple[str, str]]
    texts: frozenset[str]
    searched: tuple[str, ...]
    pattern: str = ""

    def within(self, database: str) -> Traces:
        """Return the traces with the pattern of an attached file: with the hashes it mentions."""
        return replace(self, pattern=pattern_of(self.texts | _mentioned_keys(self, database)))

    def is_own(self, table: Table) -> str:
        """Return the SQL condition that a row of ``table`` is the person's."""
        tests = [test for column in table.texts for test in self._tests(table, column)]
        if {"feed_file", "feed_row"} <= set(table.columns):
            tests.append("(feed_file, feed_row) in (select feed_file, feed_row from own_places)")
        return f"coalesce({' or '.join(tests)}, false)" if tests else "false"

    def _tests(self, table: Table, column: str) -> Iterable[str]:
        name = quoted(column)
        yield f"{name} in (select value from own_keys)"
        if column in REFERENCE_TYPES:
            yield _is_named(name, column)
        elif "identifier_type" in table.columns and column != "identifier_type":
            yield f"(identifier_type, {name}) in (select identifier_type, value from own_names)"
        if column in {each for _, each in self.declared}:
            yield f"{name} in (select value from own_rows where column_name = {literal(column)})"

    def mentions(self, text: str) -> str:
        """Return the SQL condition that an expression mentions the person; binds ``$pattern``."""
        if not self.pattern:
            return "false"
        return f"coalesce(regexp_matches(cast({text} as varchar), $pattern), false)"

    def is_named(self, table: Table) -> str:
        """Return the SQL condition that a row of ``table`` carries an identifier of theirs."""
        columns = [column for column in table.texts if column in REFERENCE_TYPES]
        tests = [_is_named(quoted(column), column) for column in columns]
        return f"coalesce({' or '.join(tests)}, false)" if tests else "false"


def _is_named(name: str, identifier_type: str) -> str:
    known = f"(select value from own_names where identifier_type = {literal(identifier_type)})"
    if identifier_type == "email":
        return f"lower({name}) in {known}"
    if identifier_type == "phone":
        return f"({name} in {known} or regexp_replace({name}, '[^0-9]', '', 'g') in {known})"
    return f"{name} in {known}"


def find_traces(
    connection: duckdb.DuckDBPyConnection,
    person: Person,
    forgotten_keys: frozenset[str],
    secret: str,
    declared: frozenset[tuple[str, str]],
) -> Traces:
    """Follow the person through the file attached as ``build``, until nothing new is found.

    Parameters
    ----------
    connection
        The file is attached to it.
    person
        Whose traces.
    forgotten_keys
        Of everybody who was forgotten before: what an interrupted erasure left is found, too.
    secret
        ``TESSERA_IDENTITY_KEY``.
    declared
        From :func:`tessera.commands.erasure.catalog.declared_keys`.
    """
    names = {(each.identifier_type, text) for each in person.own for text in spellings(each)}
    keys = person.keys(secret)
    _store(connection, "own_names", ("identifier_type", "value"), names)
    _store(connection, "own_keys", ("value",), {(key,) for key in keys | forgotten_keys})
    _store(connection, "own_rows", ("column_name", "value"), ())
    connection.execute(
        "create or replace temp table own_places (feed_file varchar, feed_row bigint)"
    )
    texts = frozenset(text for each in person.own for text in telling_texts(each))
    telling = {text for kind, text in names if is_telling(Identifier(kind, text))}
    traces = Traces(connection, declared, texts, tuple(sorted(keys | telling)))
    tables = tables_of(connection, "build")
    while sum([_follow(traces, table) for table in tables]):
        pass
    return traces


def _store(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    columns: tuple[str, ...],
    rows: Iterable[tuple[str, ...]],
) -> None:
    declared = ", ".join(f"{column} varchar" for column in columns)
    connection.execute(f"create or replace temp table {table} ({declared})")
    columns_of_values = list(zip(*sorted(rows), strict=True)) or [()] * len(columns)
    values = ", ".join(["unnest(cast(? as varchar[]))"] * len(columns))
    connection.execute(
        f"insert into {table} select {values}", [list(each) for each in columns_of_values]
    )


def _follow(traces: Traces, table: Table) -> int:
    """Add the ids and places of the person's rows in one table; return how many are new."""
    found = 0
    own = f"from {table.within('build')} where {traces.is_own(table)}"
    for column in table.texts:
        if (table.name, column) in traces.declared:
            found += _added(
                traces,
                "own_rows",
                f"select {literal(column)} as column_name, {quoted(column)} as value {own} "
                f"and {quoted(column)} is not null",
            )
    if {"feed_file", "feed_row"} <= set(table.columns):
        found += _added(traces, "own_places", f"select feed_file, feed_row {own}")
    return found


def _added(traces: Traces, table: str, query: str) -> int:
    rows = traces.connection.execute(
        f"insert into {table} ({query} except select * from {table}) returning 1"
    ).fetchall()
    return len(rows)


def _mentioned_keys(traces: Traces, database: str) -> set[str]:
    """Return the hashes of the person that stand inside texts, such as the samples of a gate."""
    found: set[str] = set()
    for table in tables_of(traces.connection, database):
        texts = [f"cast({quoted(column)} as varchar)" for column in [*table.texts, *table.nested]]
        if texts:
            rows = traces.connection.execute(
                "select distinct value from ("
                f"select unnest(regexp_extract_all(text, '{_KEY}')) as value "
                f"from (select unnest([{', '.join(texts)}]) as text from {table.within(database)}) "
                f"where regexp_matches(text, '.{_KEY}|{_KEY}.')) "
                "where value in (select value from own_rows union select value from own_keys)"
            ).fetchall()
            found.update(value for (value,) in rows)
    return found


def pattern_of(texts: Iterable[str]) -> str:
    """Return a regular expression of these texts, each standing by itself, in any case.

    Examples
    --------
    >>> pattern = pattern_of({"ann@example.com"})
    >>> [bool(re.search(pattern, text)) for text in ("Ann@example.com.", "jo.ann@example.com")]
    [True, False]
    """
    words = "|".join(re.escape(text) for text in sorted(texts))
    return f"(?i){BEFORE}(?:{words}){AFTER}" if words else ""
