"""The part of a check's page that tells what lies in vendors' exports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from tessera.commands.page_tables import page_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.table import Table

    from tessera.check.vendor_facts import ConnectorFacts, VendorTable


def vendor_tables(connectors: Sequence[ConnectorFacts]) -> Iterator[Table]:
    """Yield one table: every vendor's table that is declared, its rows, and what is not read."""
    if not connectors:
        return
    table = page_table("Vendors' exports, as the connectors read them")
    table.add_column("connector", no_wrap=True)
    table.add_column("table", no_wrap=True)
    table.add_column("rows", justify="right", no_wrap=True)
    table.add_column("columns that nothing reads", overflow="fold")
    for connector in connectors:
        if connector.error:
            table.add_row(connector.name, "", Text("error", style="bold red"), "")
            continue
        for place, each in enumerate(connector.tables, start=1):
            name = connector.name if place == 1 else ""
            is_last = place == len(connector.tables)
            table.add_row(name, each.name, *_cells(each), end_section=is_last)
    yield table


def _cells(table: VendorTable) -> tuple[Text, str]:
    if not table.files:
        return Text("not there", style="dim"), ""
    return Text(f"{table.rows:,}"), ", ".join(table.unread_columns)
