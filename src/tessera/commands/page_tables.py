"""How the tables of a check's page look."""

from __future__ import annotations

from rich import box
from rich.table import Table
from rich.text import Text


def page_table(title: str) -> Table:
    """Return an empty table under a title."""
    return Table(
        title=Text(title, style="bold"),
        title_justify="left",
        caption_justify="left",
        box=box.SIMPLE_HEAD,
        show_edge=False,
        pad_edge=False,
    )
