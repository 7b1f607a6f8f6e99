"""`tessera report`: write the page about the release that people read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tessera.commands.project import path_to_show
from tessera.commands.report_reader import read_answers
from tessera.report import QUERIES, render, report_of

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

FILE_NAME = "report.html"


def report(release: Path, out: Path | None, console: Console) -> Path:
    """Write the page, say where it is, and return its path.

    Parameters
    ----------
    release
        The link to the published file.
    out
        Where to write; None: ``report.html`` beside the link.
    console
        Told of the page.

    Raises
    ------
    CommandError
        There is no release yet.
    """
    page = render(report_of(read_answers(release, QUERIES)))
    path = out or release.with_name(FILE_NAME)
    write_whole(path, page)
    size = len(page.encode()) / 1e6
    console.print(
        f"Report: {path_to_show(path)} ({size:.1f} MB, opens in any browser)", markup=False
    )
    return path


def renew_report(release: Path, console: Console) -> None:
    """Write the page anew where there is one: its release has been written anew as well."""
    if release.exists() and release.with_name(FILE_NAME).exists():
        report(release, None, console)


def write_whole(path: Path, text: str) -> None:
    """Write a file in one step, so that a reader never sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)
