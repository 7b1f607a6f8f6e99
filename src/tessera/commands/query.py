"""`tessera query`: look into the published file without any other tool."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
from rich.table import Table

from tessera.commands import CommandError
from tessera.commands.release_reader import opened_read_only

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console


def query(release: Path, sql: str, limit: int, console: Console) -> None:
    """Run one SQL query on the published file, which it cannot change, and print the rows.

    Parameters
    ----------
    release
        The published file; its tables need no schema before their names.
    sql
        The query.
    limit
        How many rows are printed at most.
    console
        Where they are printed.

    Raises
    ------
    CommandError
        There is no release yet, or DuckDB refuses the query.
    """
    with opened_read_only(release) as connection:
        try:
            connection.execute("set search_path = 'marts'")
            relation = connection.sql(sql)
            rows = [] if relation is None else relation.limit(limit + 1).fetchall()
        except duckdb.Error as error:
            raise CommandError(str(error)) from error
        if relation is None:
            raise CommandError("that was no query: write a SELECT")
        console.print(rows_table(relation.columns, rows[:limit]))
    if len(rows) > limit:
        console.print(f"The first {limit} rows; more with --limit.", style="dim")


def rows_table(columns: list[str], rows: list[tuple[object, ...]]) -> Table:
    """Lay out rows as DuckDB returns them; NULL is an empty cell."""
    table = Table()
    numeric = [all(isinstance(row[i], (int, float)) for row in rows) for i in range(len(columns))]
    for column, is_numeric in zip(columns, numeric, strict=True):
        table.add_column(column, justify="right" if is_numeric and rows else "left")
    for row in rows:
        table.add_row(*("" if value is None else str(value) for value in row))
    return table
