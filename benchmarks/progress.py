"""Progress on the terminal while something long is measured."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.console import Console


@contextmanager
def nodes_shown(console: Console, title: str) -> Iterator[Callable[[int, int, str], None]]:
    """Show a bar of nodes; gives what has to be called with number, total and name of each."""
    with _progress(console) as progress:
        task = progress.add_task(title, total=None, node="starting dbt")

        def show(number: int, total: int, name: str) -> None:
            progress.update(task, completed=number - 1, total=total, node=name)

        yield show


@contextmanager
def steps_shown(console: Console, title: str, total: int) -> Iterator[Callable[[str], None]]:
    """Show a bar of steps; gives what has to be called at the begin of each, with its name."""
    with _progress(console) as progress:
        task = progress.add_task(title, total=total, completed=-1, node="")

        def show(name: str) -> None:
            progress.update(task, advance=1, node=name)

        yield show


def _progress(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description:<14}"),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[node]}", markup=False),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
