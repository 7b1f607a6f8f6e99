"""What a person sees while dbt works: the stage, a bar, the time, and the node that began last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Column

if TYPE_CHECKING:
    from rich.console import Console

    from tessera.commands.dbt_runner import OnNode


def progress_display(console: Console) -> Progress:
    """Return a display that disappears when it is done."""
    name = Column(ratio=1, no_wrap=True, overflow="ellipsis")
    return Progress(
        TextColumn("{task.fields[stage]:<12}"),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}", markup=False, table_column=name),
        console=console,
        expand=True,
        transient=True,
    )


def shown_in(progress: Progress) -> OnNode:
    """Return what to tell of each node, so that the display shows it."""
    task = progress.add_task("reading the project", total=None, stage="dbt")

    def show(number: int, total: int, stage: str, name: str) -> None:
        progress.update(task, completed=number - 1, total=total, stage=stage, description=name)

    return show
