"""The bytes of a file, searched for what a deleted row would leave in its blocks."""

from __future__ import annotations

import mmap
from typing import TYPE_CHECKING

from tessera.commands import CommandError
from tessera.commands.erasure.catalog import quoted, tables_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import duckdb


def require_no_bytes(
    connection: duckdb.DuckDBPyConnection, database: str, path: Path, values: Iterable[str]
) -> None:
    """Raise unless the bytes of an attached file hold none of these values.

    A value that stands inside a longer one of somebody else (``ann@example.com`` in
    ``jo.ann@example.com``) is theirs, and no hit.

    Raises
    ------
    CommandError
        There is a hit; the message says how many, not which.
    """
    hits = found_bytes(path, values)
    left = [value for value in hits if not _is_part_of_another(connection, database, value)]
    if left:
        raise CommandError(
            f"{path.name}: {len(left)} values of the person are left in the bytes of the file. It "
            "was not put in place"
        )


def found_bytes(path: Path, values: Iterable[str]) -> list[str]:
    """Return those of the values that the bytes of a file hold, in UTF-8."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return [value for value in values if content.find(value.encode()) >= 0]


def _is_part_of_another(connection: duckdb.DuckDBPyConnection, database: str, value: str) -> bool:
    return any(
        connection.execute(
            f"select count(*) from {table.within(database)} "
            f"where contains(cast({quoted(column)} as varchar), $value)",
            {"value": value},
        ).fetchall()[0][0]
        for table in tables_of(connection, database)
        for column in [*table.texts, *table.nested]
    )
