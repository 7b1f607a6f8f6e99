"""`tessera check`: a first look at a feeds folder, read as a build reads it, before any build."""

from __future__ import annotations

import os
import shlex
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rich.text import Text

from tessera.check.emptiness import absent_feeds, empty_families, empty_tables
from tessera.check.facts import FeedFacts
from tessera.check.finding import Finding, Severity
from tessera.check.findings import feed_findings, in_order, reference_findings
from tessera.check.label_supply import supply_findings
from tessera.check.project_map import FEATURES, GATE
from tessera.check.report import CheckReport, Learning
from tessera.commands import CommandError
from tessera.commands.check_reader import (
    read_features,
    read_feed,
    read_references,
    read_supplies,
    unread_files,
)
from tessera.commands.check_report import check_report
from tessera.commands.dbt_check import ThrowAwayBuild
from tessera.commands.failures import plain_message
from tessera.commands.progress import progress_display, shown_in
from tessera.commands.project import (
    DEMO_SHOP,
    find_feeds,
    find_project,
    target_option,
    tessera_command,
)
from tessera.commands.release_reader import opened_read_only, read_evidence
from tessera.commands.throw_away import throw_away_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from duckdb import DuckDBPyConnection
    from rich.console import Console

    from tessera.check.project_map import ProjectMap
    from tessera.commands.outcomes import BuildOutcome

IDENTIFIERS, LABELS = "customer_identifiers", "customer_labels"
READY, CANNOT_BE_BUILT, HAS_WARNINGS = 0, 1, 3
"""Exit codes; 2 is what the command line answers to a wrong option."""

NOT_COME_TO = "was not read to its end: a step before it failed, which is told beside this"


@dataclass(frozen=True, kw_only=True)
class CheckRequest:
    """What the command line asked for.

    Attributes
    ----------
    data
        The feeds folder, or None for ``TESSERA_DATA`` or the demo shop.
    target
        A target of the project's profile: how much memory may be used.
    is_quick
        Only read the feeds: no features, no label supply.
    is_strict
        Warnings, too, make the exit code another than 0.
    """

    data: Path | None
    target: str
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
    feeds_folder = find_feeds(project, request.data, os.environ)
    with throw_away_folder("check") as folder:
        own = replace(
            project,
            database=folder / "build.duckdb",
            releases_folder=folder,
            tombstones=project.tombstones_folder,
        )
        with progress_display(console) as progress:
            build = ThrowAwayBuild(own, request.target, feeds_folder, shown_in(progress))
            report = look_at(build, _shown(request), is_quick=request.is_quick)
    console.print(check_report(report))
    first = "Next: " if report.can_be_built else "Next, when that is mended: "
    # Not wrapped, so that it can be copied whole.
    line = Text.assemble(first, (next_command(report, request), "bold"))
    console.print(line, soft_wrap=True)
    return exit_code(report, is_strict=request.is_strict)


def look_at(build: ThrowAwayBuild, folder: str, *, is_quick: bool) -> CheckReport:
    """Build step by step, as far as it goes, and say what was found."""
    project = build.read_project()
    staging = build.build_staging()
    errors = feed_errors(project, staging)
    readable = [feed.name for feed in project.feeds if feed.name not in errors]
    build.record_inventory(readable)
    outcomes = [staging]
    if staging.has_succeeded and not is_quick:
        outcomes.append(build.build_training_set())
    return _report(build, project, outcomes, errors, folder)


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
    return words + target_option(request.target)


def _shown(request: CheckRequest) -> str:
    return str(request.data or os.environ.get("TESSERA_DATA", DEMO_SHOP))


def feed_errors(project: ProjectMap, staging: BuildOutcome) -> dict[str, str]:
    """Return why a feed cannot be read, by feed: also of one that was never come to."""
    if staging.message and not staging.nodes:
        raise CommandError(plain_message(staging.message))
    said = {node.name: plain_message(node.message) for node in staging.failures}
    built = {node.name for node in staging.nodes if node.is_built}
    errors = {}
    for feed in project.feeds:
        models = project.reading(feed.name)
        words = [said[model] for model in models if model in said]
        if words or not built.issuperset(models):
            errors[feed.name] = words[0] if words else NOT_COME_TO
    return errors


def _report(
    build: ThrowAwayBuild,
    project: ProjectMap,
    outcomes: Sequence[BuildOutcome],
    errors: Mapping[str, str],
    folder: str,
) -> CheckReport:
    database = build.project.database
    built = {node.name for outcome in outcomes for node in outcome.nodes if node.is_built}
    with opened_read_only(database) as connection:
        feeds = _feeds(connection, project, errors)
        references = read_references(connection) if IDENTIFIERS in built else []
        learning = _learning(connection, project, feeds) if {FEATURES, LABELS} <= built else None
    unread = unread_files(build.project.folder / build.feeds_folder, feeds)
    findings = [
        *feed_findings(list(feeds.values()), unread),
        *reference_findings(references),
        *(supply_findings(learning.supplies) if learning else ()),
        *_gate_findings(project, built, database),
        *_other_failures(project, outcomes, errors),
    ]
    return CheckReport(
        folder=folder,
        feeds=list(feeds.values()),
        findings=in_order(findings),
        absent=absent_feeds(project, feeds),
        references=references,
        learning=learning,
        tables=empty_tables(project, feeds, learning.supplies if learning else None),
    )


def _feeds(
    connection: DuckDBPyConnection, project: ProjectMap, errors: Mapping[str, str]
) -> dict[str, FeedFacts]:
    readable = [feed.name for feed in project.feeds if feed.name not in errors]
    return {
        feed.name: FeedFacts(feed, error=errors[feed.name])
        if feed.name in errors
        else read_feed(connection, feed, project, readable)
        for feed in project.feeds
    }


def _learning(
    connection: DuckDBPyConnection, project: ProjectMap, feeds: Mapping[str, FeedFacts]
) -> Learning:
    families = empty_families(read_features(connection, project), project, feeds)
    return Learning(supplies=read_supplies(connection), families=families)


def _gate_findings(
    project: ProjectMap, built: AbstractSet[str], database: Path
) -> Iterator[Finding]:
    gates = [model for model in project.models.values() if model.stage == GATE]
    for gate in (gate for gate in gates if gate.name in built):
        for row in read_evidence(database, gate.relation).itertuples():
            is_critical = row.severity == "critical"
            suite = str(row.expectation_id).partition(".")[0]
            yield Finding(
                Severity.STOPS if is_critical else Severity.WARNING,
                gate.name,
                f"this does not hold: {row.description} Observed: {row.observed_value}.",
                f"expectations/{suite}.yml says what {row.expectation_id} expects, and why.",
            )


def _other_failures(
    project: ProjectMap, outcomes: Sequence[BuildOutcome], errors: Mapping[str, str]
) -> Iterator[Finding]:
    told = {model for feed in errors for model in project.reading(feed)}
    for outcome in outcomes:
        for node in outcome.failures:
            # a red gate is told by its evidence
            if node.name not in told and node.test_name != "gate_passes":
                yield Finding(Severity.STOPS, node.name, plain_message(node.message))
