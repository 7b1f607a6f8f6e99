"""`tessera portrait`: show what a shop looks like beside real ones."""

from __future__ import annotations

from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import duckdb
from rich.table import Table

from tessera.commands import CommandError
from tessera.commands.project import path_to_show
from tessera.portrait import FeedError, judge, measure, name_feeds
from tessera.portrait.references import (
    MEASURED_SHOPS,
    Published,
    Shop,
    load_measured,
    load_published,
    write_measured,
)
from tessera.portrait.verdict import Judgement, sum_up

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from rich.console import Console

    from tessera.portrait.figures import Figure


def portrait(data: Path, console: Console, *, as_reference: Shop | None = None) -> None:
    """Measure the shop of a feeds folder, and print it beside real shops and published figures.

    Parameters
    ----------
    data
        The feeds folder.
    console
        Where the table is printed.
    as_reference
        Also keep what was measured as the figures of this real shop.

    Raises
    ------
    CommandError
        The folder is no feeds folder, or a feed lacks a column that it must have.
    """
    if not data.is_dir():
        raise CommandError(f"{data} is no folder: give the folder that holds the feeds")
    with _scratch_connection() as connection, console.status("Measuring"):
        try:
            name_feeds(connection, data)
            values = measure(connection)
        except FeedError as error:
            raise CommandError(f"{data}: {error}") from error
    if as_reference is not None:
        write_measured(as_reference, values)
        console.print(f"{path_to_show(MEASURED_SHOPS)} holds what was measured.", markup=False)
    measured, published = load_measured(), load_published()
    judgements = judge(values, measured, published)
    console.print(portrait_table(judgements, measured, published))
    console.print(sum_up(judgements), markup=False, highlight=False)
    for number, row in enumerate(published, start=1):
        said = f"[{number}] {row.source} {row.year}: {row.says}. {row.url}"
        console.print(said, style="dim", markup=False, highlight=False)


@contextmanager
def _scratch_connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a database in memory that may spill to disk, and leaves nothing there."""
    with TemporaryDirectory(prefix="tessera-portrait-") as spill, duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.execute("set temp_directory = ?", [spill])
        connection.execute("set preserve_insertion_order = false")
        yield connection


def portrait_table(
    judgements: list[Judgement],
    measured: Mapping[str, Mapping[str, float]],
    published: list[Published],
) -> Table:
    """Lay out one row per figure; a cell is empty where nothing is known."""
    table = Table()
    table.add_column("figure")
    for title in ("this shop", *(shop.title for shop in Shop), "published [source]"):
        table.add_column(title.replace("[", "\\["), justify="right")
    table.add_column("")
    group = ""
    for judgement in judgements:
        figure = judgement.figure
        if figure.group != group:
            group = figure.group
            table.add_section()
            table.add_row(f"[bold]{group}[/bold]")
        shops = [_cell(figure, measured[shop.value].get(figure.name)) for shop in Shop]
        table.add_row(
            figure.label,
            _cell(figure, judgement.value),
            *shops,
            _published_cell(figure, published),
            f"[red]outside: {judgement.side}[/red]" if judgement.is_outside else "",
        )
    return table


def _cell(figure: Figure, value: float | None) -> str:
    return "" if value is None else figure.show(value)


def _published_cell(figure: Figure, published: list[Published]) -> str:
    said = [
        (number, row) for number, row in enumerate(published, start=1) if row.figure == figure.name
    ]
    if not said:
        return ""
    low = figure.show(min(row.low for _, row in said))
    high = figure.show(max(row.high for _, row in said))
    numbers = ", ".join(str(number) for number, _ in said)
    return f"{low if low == high else f'{low} – {high}'} \\[{numbers}]"
