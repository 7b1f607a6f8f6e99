"""`tessera portrait`: show what a shop looks like beside real ones."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import duckdb
from rich import box
from rich.table import Table

from tessera.commands import CommandError
from tessera.commands.project import path_to_show
from tessera.feeds import FeedProblemError
from tessera.portrait.feeds import name_feeds
from tessera.portrait.measuring import measure
from tessera.portrait.references import (
    MEASURED_SHOPS,
    Published,
    Shop,
    load_measured,
    load_published,
    write_measured,
)
from tessera.portrait.verdict import Judgement, judge, sum_up

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rich.console import Console

    from tessera.portrait.figures import Figure


TABLE_WIDTH = 110
"""Also in a pipe or a narrow window: a figure and its neighbours stay on one line."""


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
    with _scratch_connection() as (connection, scratch), console.status("Measuring"):
        try:
            name_feeds(connection, data, scratch)
            values = measure(connection)
        except FeedProblemError as error:
            raise CommandError(str(error)) from error
    if as_reference is not None:
        write_measured(as_reference, values)
        console.print(f"{path_to_show(MEASURED_SHOPS)} holds what was measured.", markup=False)
    measured, published = load_measured(), load_published()
    judgements = judge(values, measured, published)
    console.print(portrait_table(judgements, measured, published), crop=False)
    console.print(sum_up(judgements), markup=False, highlight=False)
    for number, row in enumerate(published, start=1):
        said = f"[{number}] {row.source}, {row.year or 'undated'}: {row.says}. {row.url}"
        console.print(said, style="dim", markup=False, highlight=False, soft_wrap=True)


@contextmanager
def _scratch_connection() -> Iterator[tuple[duckdb.DuckDBPyConnection, Path]]:
    """Open a database in memory, with a folder that it may spill to; nothing is left there."""
    with TemporaryDirectory(prefix="tessera-portrait-") as folder, duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.execute("set temp_directory = ?", [f"{folder}/spill"])
        connection.execute("set preserve_insertion_order = false")
        yield connection, Path(folder) / "copies"


def portrait_table(
    judgements: list[Judgement],
    measured: Mapping[str, Mapping[str, float]],
    published: list[Published],
) -> Table:
    """Lay out one row per figure; a cell is empty where nothing is known."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, width=TABLE_WIDTH)
    table.add_column("figure", no_wrap=True)
    for title in ("this shop", *(shop.display_name for shop in Shop), "published, source"):
        table.add_column(title, justify="right", no_wrap=title.startswith("published"))
    table.add_column("outside")
    for group, judged in groupby(judgements, lambda judgement: judgement.figure.group):
        table.add_section()
        table.add_row(f"[bold]{group}[/bold]")
        for judgement in judged:
            table.add_row(*_cells(judgement, measured, published))
    return table


def _cells(
    judgement: Judgement,
    measured: Mapping[str, Mapping[str, float]],
    published: list[Published],
) -> tuple[str, ...]:
    figure = judgement.figure
    return (
        figure.label,
        _cell(figure, judgement.value),
        *(_cell(figure, measured[shop.value].get(figure.name)) for shop in Shop),
        _published_cell(figure, published),
        f"[red]{judgement.side}[/red]" if judgement.is_outside else "",
    )


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
    return f"{_span(low, high)} \\[{_span(str(said[0][0]), str(said[-1][0]))}]"


def _span(first: str, last: str) -> str:
    return first if first == last else f"{first}-{last}"
