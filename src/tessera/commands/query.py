"""`tessera query`: look into the published file without any other tool."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
from rich.console import Group
from rich.measure import Measurement
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from tessera.commands import CommandError
from tessera.commands.release_reader import opened_read_only

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console


WIDEST = 100_000
"""Characters: as wide as any table would like to be."""


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
        There is no release yet, it is not one query, or DuckDB refuses it.
    """
    with opened_read_only(release) as connection:
        try:
            connection.execute("set search_path = 'marts'")
            relation = connection.sql(require_one_query(connection, sql))
            rows = relation.limit(limit + 1).fetchall()
        except duckdb.Error as error:
            raise CommandError(str(error)) from error
        _print_rows(relation.columns, rows[:limit], console)
    if len(rows) > limit:
        console.print(f"The first {limit} rows; more with --limit.", style="dim")


def _print_rows(columns: list[str], rows: list[tuple[object, ...]], console: Console) -> None:
    table = rows_table(columns, rows)
    # a table whose words must be broken to fit is hard to read: then each row gets lines of its own
    anywhere = console.options.update(max_width=WIDEST)
    is_too_wide = Measurement.get(console, anywhere, table).minimum > console.width
    console.print(rows_records(columns, rows) if is_too_wide and rows else table)


def require_one_query(connection: duckdb.DuckDBPyConnection, sql: str) -> duckdb.Statement:
    """Return the one query that only reads.

    A read-only file does not keep COPY from writing others, and of two answers one would be lost.

    Raises
    ------
    CommandError
        It is another statement, none, or several.
    """
    statements = connection.extract_statements(sql)
    if [statement.type for statement in statements] == [duckdb.StatementType.SELECT]:
        return statements[0]
    got = ", ".join(statement.type.name for statement in statements) or "nothing"
    raise CommandError(
        "give one query that only reads: SELECT, FROM, DESCRIBE, SUMMARIZE or SHOW TABLES, "
        f"and one at a time; got: {got}"
    )


def rows_table(columns: list[str], rows: list[tuple[object, ...]]) -> Table:
    """Lay out rows as DuckDB returns them; NULL is an empty cell."""
    table = Table()
    numeric = [all(isinstance(row[i], (int, float)) for row in rows) for i in range(len(columns))]
    for column, is_numeric in zip(columns, numeric, strict=True):
        table.add_column(Text(column), justify="right" if is_numeric and rows else "left")
    for row in rows:
        table.add_row(*(Text("" if value is None else str(value)) for value in row))
    return table


def rows_records(columns: list[str], rows: list[tuple[object, ...]]) -> Group:
    """Lay out each row as lines of its own: a column's name, and the value beside it."""
    records: list[Rule | Table] = []
    for number, row in enumerate(rows, 1):
        record = Table.grid(padding=(0, 2))
        record.add_column(style="dim", no_wrap=True)
        record.add_column(overflow="fold")
        for column, value in zip(columns, row, strict=True):
            record.add_row(Text(column), Text("" if value is None else str(value)))
        records += [Rule(f"row {number}", align="left", style="dim"), record]
    return Group(*records)
