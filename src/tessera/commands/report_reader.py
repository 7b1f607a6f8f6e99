"""Ask a release what the report shows: read-only, and never an error for what it does not have."""

from __future__ import annotations

import re
from contextlib import suppress
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import duckdb

from tessera.commands.release_reader import opened_read_only
from tessera.report.answers import LACKS, PREVIOUS, Answer, Answers, Query

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_MASK = "[personal data]"
_PERSONAL = re.compile(
    r"[^\s@<>\"'(),;:=]+@[^\s@<>\"'(),;:=]+\.[^\s@<>\"'(),;:=]+|\+\d[\d\s().-]{7,}\d"
)
"""E-mail addresses and international phone numbers. No published table has a column of them; a text
that a feed wrote into a country, a category or an attribute may hold one all the same."""

_ABSENT_TABLE = re.compile(r"Table with name (\S+) does not exist")
_ABSENT_COLUMN = re.compile(r'column "?([A-Za-z0-9_]+)"? not found')


def read_answers(release: Path, queries: Iterable[Query]) -> Answers:
    """Put every query to a release.

    Parameters
    ----------
    release
        The published file, or the link to it; the release before is looked for beside it.
    queries
        What to ask.

    Returns
    -------
    Answers
        Plain values: decimals are floats, and texts hold no e-mail address or phone number.
    """
    with opened_read_only(release) as connection:
        files = {"current": release.resolve().stem}
        earlier = _attach_previous(connection, release.resolve())
        if earlier is not None:
            files[PREVIOUS] = earlier.stem
        answers = {query.name: _answer(connection, query, files.get(PREVIOUS)) for query in queries}
    return Answers(answers, files)


def _answer(connection: duckdb.DuckDBPyConnection, query: Query, previous: str | None) -> Answer:
    if query.asks_previous and previous is None:
        return Answer(query, missing="There is no earlier release to compare with.")
    try:
        cursor = connection.execute(query.sql)
        names = [column[0] for column in cursor.description or ()]
        rows = [dict(zip(names, map(_plain, row), strict=True)) for row in cursor.fetchall()]
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        return Answer(query, missing=_missing(query, str(error)))
    return Answer(query, tuple(rows), previous=previous if query.asks_previous else None)


def _missing(query: Query, message: str) -> str:
    lacks = "The earlier release has no " if query.asks_previous else LACKS
    column = _ABSENT_COLUMN.search(message)
    if column:
        return f"{lacks}column {column.group(1)} in {query.table}."
    table = _ABSENT_TABLE.search(message)
    return f"{lacks}table {table.group(1) if table else query.table}."


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, float) and value != value:  # noqa: PLR0124 - NaN is no figure
        return None
    if isinstance(value, str):
        return _PERSONAL.sub(_MASK, value)
    return value


def _attach_previous(connection: duckdb.DuckDBPyConnection, release: Path) -> Path | None:
    """Attach the newest of the releases that were built before this one; None without any."""
    own = _built(connection, "marts")
    found: list[tuple[Any, Path]] = []
    for path in sorted(release.parent.glob("*.duckdb")):
        if path == release or own is None:
            continue
        built = _built_of(connection, path)
        if built is not None and built < own:
            found.append((built, path))
    if not found:
        return None
    earlier = max(found)[1]
    connection.execute(f"attach {_literal(earlier)} as {PREVIOUS} (read_only)")
    return earlier


def _built_of(connection: duckdb.DuckDBPyConnection, path: Path) -> Any:
    with suppress(duckdb.Error):  # a file that is no release is none to compare with
        connection.execute(f"attach {_literal(path)} as candidate (read_only)")
        try:
            return _built(connection, "candidate.marts")
        finally:
            connection.execute("detach candidate")
    return None


def _built(connection: duckdb.DuckDBPyConnection, schema: str) -> Any:
    try:
        cursor = connection.execute(f"select max(scored_at) from {schema}.gate_results")  # noqa: S608 - a name of ours
    except duckdb.CatalogException:
        return None
    ((built,),) = cursor.fetchall()
    return built


def _literal(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
