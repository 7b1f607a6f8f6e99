"""`tessera fetch`: bring a public data set to this machine, as feeds."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import duckdb
from rich.table import Table
from rich.text import Text

from tessera.commands import CommandError
from tessera.commands.project import tessera_command
from tessera.fetch.feed_files import MANIFEST, is_complete
from tessera.fetch.packages import PackageError, require_package_folder

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

    from tessera.fetch.data_set import DataSet, Figure


def fetch(data_set: DataSet, out: Path, console: Console, *, says_next: bool) -> None:
    """Write the feeds of a public data set into ``out``, unless they are already there.

    Parameters
    ----------
    data_set
        Which one.
    out
        The feeds folder; made when it is not there.
    console
        Where it is said what was written.
    says_next
        Also say which command builds from the feeds.

    Raises
    ------
    CommandError
        The package could not be installed, or the written feeds miss a known figure.
    """
    with duckdb.connect() as connection:
        if is_complete(connection, out, data_set.source):
            there = f"The feeds of {data_set.title} are already in "
            console.print(Text.assemble(there, (str(out), "bold"), "."))
        else:
            _write(connection, data_set, out, console)
    if says_next:
        command = f"{tessera_command()} build --data {shlex.quote(str(out))}"
        console.print(Text.assemble("Next: ", (command, "bold")), soft_wrap=True)


def _write(
    connection: duckdb.DuckDBPyConnection, data_set: DataSet, out: Path, console: Console
) -> None:
    with console.status(f"Looking for the package {data_set.package}"):
        try:
            package = require_package_folder(data_set.import_name, data_set.requirements)
        except PackageError as error:
            raise CommandError(str(error)) from error
    with console.status("Writing the feeds"):
        data_set.write_feeds(connection, package, out)
        figures = data_set.reconcile(connection, package, out)
    console.print(figures_table(data_set.title, figures))
    wrong = [figure.name for figure in figures if not figure.is_equal]
    if wrong:
        (out / MANIFEST).unlink()
        raise CommandError(
            f"the feeds in {out} differ from the data set's known figures: {', '.join(wrong)}"
        )


def figures_table(title: str, figures: list[Figure]) -> Table:
    """Lay out known figures beside found ones."""
    table = Table(title=f"{title}: do the feeds add up?", title_justify="left")
    table.add_column("figure")
    table.add_column("expected", justify="right")
    table.add_column("found", justify="right")
    table.add_column("")
    for figure in figures:
        verdict = "[green]equal[/green]" if figure.is_equal else "[red]differs[/red]"
        table.add_row(figure.name, f"{figure.expected:,}", f"{figure.found:,}", verdict)
    return table
