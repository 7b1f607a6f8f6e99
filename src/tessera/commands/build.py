"""`tessera build`: one dbt build with a progress display, and what came of it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tessera.commands import CommandError
from tessera.commands.connectors import known_connectors
from tessera.commands.dbt_build import run_dbt_build
from tessera.commands.failures import failure_report
from tessera.commands.progress import progress_display, shown_in
from tessera.commands.project import find_project, path_to_show, require_feeds
from tessera.commands.release_reader import read_evidence, read_release
from tessera.commands.report import report
from tessera.commands.summary import build_summary
from tessera.commands.variables import given_variables

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd
    from rich.console import Console

    from tessera.commands.outcomes import BuildOutcome
    from tessera.commands.project import Project


@dataclass(frozen=True, kw_only=True)
class BuildRequest:
    """What the command line asked for.

    Attributes
    ----------
    data
        The feeds folder, or None for ``TESSERA_DATA`` or the demo shop.
    as_of
        The instant to look from (ISO date or time, UTC), or None for the newest order.
    target
        A target of the project's profile.
    variables
        dbt vars as YAML text, or an empty string.
    is_full
        Rebuild what dbt would only add to, and parse every file anew.
    """

    data: Path | None
    as_of: str | None
    target: str
    variables: str
    is_full: bool


def build(request: BuildRequest, console: Console) -> bool:
    """Build, print what came of it, and return whether it succeeded.

    Raises
    ------
    CommandError
        The request cannot be met: no project, no feeds, no such date.
    """
    project = find_project(request.target)
    variables = dbt_variables(request)
    feeds_folder = require_feeds(
        project, request.data, os.environ, known_connectors(project, variables)
    )
    with progress_display(console) as progress:
        outcome = run_dbt_build(
            project,
            request.target,
            feeds_folder,
            variables,
            shown_in(progress),
            is_full=request.is_full,
        )
    console.print()
    if not outcome.has_succeeded:
        _print_failure(project, outcome, console)
        return False
    _print_summary(project, request.target, outcome, console)
    return True


def dbt_variables(request: BuildRequest) -> dict[str, Any]:
    """Return the dbt vars that a request sets; the project's macros validate their values.

    Raises
    ------
    CommandError
        ``as_of`` is no date, or the variables are no YAML mapping.
    """
    variables = given_variables(request.variables)
    if request.as_of is None:
        return variables
    try:
        datetime.fromisoformat(request.as_of)
    except ValueError as error:
        raise CommandError(
            f"--as-of must be a date such as 2017-09-01, or a UTC time such as "
            f"'2017-09-01 12:00:00'; got: {request.as_of}"
        ) from error
    return {**variables, "as_of": request.as_of}


def _print_summary(project: Project, target: str, outcome: BuildOutcome, console: Console) -> None:
    link = project.release_link
    if not link.exists():
        raise CommandError(f"the build succeeded, but published nothing: there is no {link}")
    frames = read_release(link, project.database)
    console.print(build_summary(frames, outcome, path_to_show(link), target))
    if link.resolve().stem != outcome.run_id:
        raise CommandError(
            f"this build published nothing; the release shown is an earlier one: {link.resolve()}"
        )
    report(link, None, console)


def _print_failure(project: Project, outcome: BuildOutcome, console: Console) -> None:
    log = project.folder / "logs" / "dbt.log"
    readers = path_to_show(project.release_link)
    console.print(failure_report(outcome, _evidence(project, outcome), readers, path_to_show(log)))


def _evidence(project: Project, outcome: BuildOutcome) -> dict[str, pd.DataFrame]:
    red_gates = [
        node for node in outcome.failures if node.test_name == "gate_passes" and node.tested
    ]
    return {node.name: read_evidence(project.database, node.tested[0]) for node in red_gates}
