"""How the comparison of two builds is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table

from benchmarks.connectors.reasons import reason_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.connectors.comparison import ComparedTable


def overview(tables: Sequence[ComparedTable]) -> Table:
    """Return one row per compared table: rows of both, and how many of its columns are equal."""
    shown = Table(title="The same shop as plain feeds and through the connectors")
    shown.add_column("table")
    for heading in ("rows, plain", "rows, connectors", "of both", "columns", "equal in every row"):
        shown.add_column(heading, justify="right")
    shown.add_column("equal values", justify="right")
    for table in tables:
        equal = sum(not column.differing for column in table.columns)
        values = sum(column.equal for column in table.columns)
        share = values / max(table.rows * len(table.columns), 1)
        counts = (table.plain_rows, table.vendors_rows, table.rows, len(table.columns), equal)
        shown.add_row(table.table, *(f"{count:,}" for count in counts), f"{share:.6f}")
    return shown


def differences(tables: Sequence[ComparedTable]) -> Table:
    """Return one row per column that is not equal in every row, and why."""
    shown = Table(title="Columns that differ")
    shown.add_column("column", overflow="fold")
    shown.add_column("rows that differ", justify="right")
    shown.add_column("share equal", justify="right")
    shown.add_column("largest difference", justify="right")
    shown.add_column("why", overflow="fold")
    for table in tables:
        for column in table.columns:
            if column.differing:
                reason = reason_of(column)
                shown.add_row(
                    f"{column.table}.{column.column}",
                    f"{column.differing:,}",
                    f"{column.equal / column.rows:.6f}",
                    "" if column.largest is None else f"{column.largest:.6g}",
                    reason.why if reason else "[red]not explained[/red]",
                )
    return shown
