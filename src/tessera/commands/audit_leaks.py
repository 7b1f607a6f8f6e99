"""`tessera audit-leaks`: delete what was known later from the feeds up, build, and compare."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from tessera.commands import CommandError
from tessera.commands.audit_page import rules_page, snapshots_page
from tessera.commands.past_build import build_past
from tessera.commands.progress import progress_display, shown_in
from tessera.commands.project import find_project, path_to_show, tessera_command
from tessera.commands.release_reader import opened_read_only
from tessera.commands.throw_away import throw_away_folder
from tessera.commands.variables import given_variables
from tessera.features.queries import read_queries
from tessera.leaks.audit import MART, families_of, past_snapshots, read_law, rule_findings
from tessera.leaks.replay import compare_builds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from tessera.commands.project import Project
    from tessera.leaks.deliveries import Cut
    from tessera.leaks.finding import Finding
    from tessera.leaks.replay import Replay

CLEAN, LEAKS, CORRECTED = 0, 1, 3
"""Exit codes; 2 is what the command line answers to a wrong option."""

SNAPSHOTS = 3
"""Snapshots that are rebuilt when none is named: each costs a build."""

EVERYBODY = 2**62
"""More customers than there are."""


@dataclass(frozen=True, kw_only=True)
class AuditRequest:
    """What the command line asked for.

    Attributes
    ----------
    snapshots
        Past snapshots (ISO dates); none: three, spread over the history.
    customers
        Customers compared per snapshot at most; None: all.
    target
        A target of the project's profile: which build.
    variables
        dbt vars that the last build was given, as YAML text, or an empty string.
    is_static
        Only read the queries.
    is_strict
        Customers who are somebody else now make the exit code another than 0.
    """

    snapshots: tuple[str, ...]
    customers: int | None
    target: str
    variables: str
    is_static: bool
    is_strict: bool


def audit_leaks(request: AuditRequest, console: Console) -> int:
    """Audit the last build, print what was found, and return the exit code.

    Raises
    ------
    CommandError
        There is no build with features, no such snapshot, or a rebuild failed.
    """
    project = find_project(request.target)
    found, past = _rules(project)
    console.print(rules_page(found))
    if request.is_static:
        return LEAKS if found else CLEAN
    results = [
        _audited(project, request, snapshot_at, console)
        for snapshot_at in asked_snapshots(request.snapshots, past)
    ]
    console.print(snapshots_page(results))
    return exit_code(found, [replay for replay, _ in results], is_strict=request.is_strict)


def exit_code(found: Sequence[Finding], replays: Sequence[Replay], *, is_strict: bool) -> int:
    """Return what a pipeline is told.

    That somebody turned out to be two people, or two one, corrects who was meant, and is no
    knowledge of what they would do: a model has nothing to gain from it, and no build could have
    known it then. It is shown, and fails the audit only when asked to.
    """
    if found or any(replay.moved for replay in replays):
        return LEAKS
    is_corrected = any(replay.corrected or replay.absent for replay in replays)
    return CORRECTED if is_strict and is_corrected else CLEAN


def asked_snapshots(asked: Sequence[str], past: Sequence[datetime]) -> list[datetime]:
    """Return the snapshots to rebuild, the oldest first.

    Examples
    --------
    >>> months = [datetime(2025, month, 1) for month in (4, 3, 2, 1)]
    >>> [at.month for at in asked_snapshots([], months)]
    [1, 3, 4]
    >>> [at.month for at in asked_snapshots(["2025-02-01"], months)]
    [2]

    Raises
    ------
    CommandError
        The build has no past snapshot, or not the one that is asked for.
    """
    oldest_first = sorted(past)
    if not oldest_first:
        raise CommandError("the build has no snapshot but the newest: there is no past to look at")
    if not asked:
        last = len(oldest_first) - 1
        places = {round(last * part / (SNAPSHOTS - 1)) for part in range(SNAPSHOTS)}
        return [oldest_first[place] for place in sorted(places)]
    return sorted({_snapshot(each, oldest_first) for each in asked})


def _snapshot(asked: str, known: Sequence[datetime]) -> datetime:
    try:
        found = datetime.fromisoformat(asked)
    except ValueError as error:
        raise CommandError(f"--snapshot must be a date such as {known[-1]:%Y-%m-%d}") from error
    if found not in known:
        raise CommandError(
            f"the build has no snapshot {asked}; it has the first of each month from "
            f"{known[0]:%Y-%m-%d} to {known[-1]:%Y-%m-%d}"
        )
    return found


def _rules(project: Project) -> tuple[list[Finding], list[datetime]]:
    with opened_read_only(project.database) as now:
        queries = read_queries(now)
        if MART not in queries:
            raise CommandError(
                f"{path_to_show(project.database)} holds no features: run "
                f"`{tessera_command()} build` first"
            )
        found = rule_findings(now, queries, families_of(queries), read_law(now))
        return found, past_snapshots(now)


def _audited(
    project: Project, request: AuditRequest, snapshot_at: datetime, console: Console
) -> tuple[Replay, list[Cut]]:
    variables = given_variables(request.variables)
    most = EVERYBODY if request.customers is None else request.customers
    with throw_away_folder("audit") as folder:
        with progress_display(console) as progress:
            show = shown_in(progress)
            past, cuts = build_past(project, request.target, snapshot_at, variables, folder, show)
        return compare_builds(project.database, past, snapshot_at, most), cuts
