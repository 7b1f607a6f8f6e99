"""`tessera check`: a first look at a feeds folder, read as a build reads it, before any build."""

from __future__ import annotations

import os
import shlex
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rich.text import Text

from tessera.check.finding import Severity
from tessera.commands.check_report import check_report
from tessera.commands.dbt_check import ThrowAwayBuild
from tessera.commands.first_look import look_at
from tessera.commands.progress import progress_display, shown_in
from tessera.commands.project import (
    DEMO_SHOP,
    find_feeds,
    find_project,
    target_option,
    tessera_command,
)
from tessera.commands.throw_away import throw_away_folder
from tessera.commands.variables import given_variables

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

    from tessera.check.report import CheckReport


READY, CANNOT_BE_BUILT, HAS_WARNINGS = 0, 1, 3
"""Exit codes; 2 is what the command line answers to a wrong option."""


@dataclass(frozen=True, kw_only=True)
class CheckRequest:
    """What the command line asked for.

    Attributes
    ----------
    data
        The feeds folder, or None for ``TESSERA_DATA`` or the demo shop.
    target
        A target of the project's profile: how much memory may be used.
    variables
        dbt vars as YAML text, or an empty string.
    is_quick
        Only read the feeds: no features, no label supply.
    is_strict
        Warnings, too, make the exit code another than 0.
    """

    data: Path | None
    target: str
    variables: str
    is_quick: bool
    is_strict: bool


def check(request: CheckRequest, console: Console) -> int:
    """Look at the folder, print what was found, and return the exit code.

    Everything is built into a file of its own, which is gone afterwards, however the check ends.

    Raises
    ------
    CommandError
        There is no such folder, or no project.
    """
    project = find_project(request.target)
    variables = given_variables(request.variables)
    feeds_folder = find_feeds(project, request.data, os.environ)
    with throw_away_folder("check") as folder:
        own = replace(
            project,
            database=folder / "build.duckdb",
            releases_folder=folder,
            tombstones=project.tombstones_folder,
        )
        with progress_display(console) as progress:
            build = ThrowAwayBuild(own, request.target, feeds_folder, variables, shown_in(progress))
            report = look_at(build, _shown(request), is_quick=request.is_quick)
    console.print(check_report(report))
    first = "Next: " if report.can_be_built else "Next, when that is mended: "
    # Not wrapped, so that it can be copied whole.
    line = Text.assemble(first, (next_command(report, request), "bold"))
    console.print(line, soft_wrap=True)
    return exit_code(report, is_strict=request.is_strict)


def exit_code(report: CheckReport, *, is_strict: bool) -> int:
    """Return what a pipeline is told."""
    if not report.can_be_built:
        return CANNOT_BE_BUILT
    return HAS_WARNINGS if is_strict and report.count(Severity.WARNING) else READY


def next_command(report: CheckReport, request: CheckRequest) -> str:
    """Return what to type next: the build, or the check again once things are mended."""
    named = "" if request.data is None else shlex.quote(str(request.data))
    if report.can_be_built:
        words = f"{tessera_command()} build" + (f" --data {named}" if named else "")
    else:
        words = f"{tessera_command()} check {named}".rstrip()
    told = f" --vars {shlex.quote(request.variables)}" if request.variables else ""
    return words + told + target_option(request.target)


def _shown(request: CheckRequest) -> str:
    return str(request.data or os.environ.get("TESSERA_DATA", DEMO_SHOP))
