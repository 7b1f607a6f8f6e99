"""`tessera simulate`: write a shop whose truth is known."""

from __future__ import annotations

import shlex
from datetime import date
from typing import TYPE_CHECKING

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from tessera.commands import CommandError
from tessera.commands.project import path_to_show, tessera_command
from tessera.simulate.settings import Dirt, Format, Settings, SettingsError
from tessera.simulate.shop import VARS, ShopFolderError, is_simulated, simulate_shop

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rich.console import Console


def shop_settings(
    customers: int, months: int, seed: int, as_of: str, dirt: Dirt | None, shape: Format
) -> Settings:
    """Return the settings that the command line asked for; no dirt asked for is the usual one.

    Raises
    ------
    CommandError
        A value that cannot be simulated; the message names it.
    """
    try:
        day = date.fromisoformat(as_of)
    except ValueError as error:
        raise CommandError(f"--as-of must be a date such as 2026-01-01; got: {as_of}") from error
    usual = Dirt.NONE if shape is Format.VENDORS else Dirt.REALISTIC
    try:
        return Settings(
            customers=customers,
            months=months,
            seed=seed,
            as_of=day,
            dirt=usual if dirt is None else dirt,
            format=shape,
        )
    except SettingsError as error:
        raise CommandError(str(error)) from error


def simulate(settings: Settings, out: Path, console: Console, *, says_next: bool) -> None:
    """Write the shop, unless it is there already, and print the rows of each feed.

    Raises
    ------
    CommandError
        The folder holds something else.
    """
    if is_simulated(settings, out):
        console.print(f"{path_to_show(out)} holds this shop already.", highlight=False)
    else:
        _write(settings, out, console)
    if settings.format is Format.VENDORS:
        console.print(f"\n{path_to_show(out / VARS)} switches its connectors on:", highlight=False)
        console.print((out / VARS).read_text().rstrip(), highlight=False, soft_wrap=True)
    if says_next:
        console.print(f"\nNext: {_next_command(settings, out)}", soft_wrap=True, highlight=False)


def _next_command(settings: Settings, out: Path) -> str:
    words = f"{tessera_command()} build --data {shlex.quote(str(path_to_show(out)))}"
    if settings.format is Format.FEEDS:
        return words
    return f'{words} --vars "$(cat {shlex.quote(str(path_to_show(out / VARS)))})"'


def _write(settings: Settings, out: Path, console: Console) -> None:
    try:
        with _progress(console) as progress:
            rows = simulate_shop(settings, out, _shown_in(progress))
    except ShopFolderError as error:
        raise CommandError(str(error)) from error
    is_of_vendors = settings.format is Format.VENDORS
    table = Table("vendor/table, or feed" if is_of_vendors else "feed", show_edge=False)
    table.add_column("rows", justify="right")
    for feed, count in sorted(rows.items()):
        table.add_row(feed, f"{count:,}")
    console.print(table)
    console.print(f"Feeds: {path_to_show(out)}   Truth: {path_to_show(out / 'truth')}")


def _progress(console: Console) -> Progress:
    return Progress(
        TextColumn("simulating"),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        TextColumn("blocks of people"),
        TimeElapsedColumn(),
        console=console,
        transient=True,
    )


def _shown_in(progress: Progress) -> Callable[[int, int], None]:
    task = progress.add_task("", total=None)

    def show(done: int, blocks: int) -> None:
        progress.update(task, completed=done, total=blocks)

    return show
