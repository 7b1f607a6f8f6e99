"""Build a folder's feeds step by step into a throw-away file, and say what was found on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tessera.check.emptiness import absent_feeds, empty_families, empty_tables
from tessera.check.facts import FeedFacts
from tessera.check.finding import Finding, Severity
from tessera.check.findings import feed_findings, in_order, reference_findings
from tessera.check.label_supply import supply_findings
from tessera.check.project_map import FEATURES, GATE
from tessera.check.report import CheckReport, Learning
from tessera.check.vendor_findings import vendor_findings
from tessera.commands import CommandError
from tessera.commands.check_reader import (
    read_features,
    read_feed,
    read_references,
    read_supplies,
)
from tessera.commands.failures import plain_message
from tessera.commands.folder_reader import switched_off, unread_files
from tessera.commands.release_reader import opened_read_only, read_evidence
from tessera.commands.vendor_reader import read_connectors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from tessera.check.project_map import ProjectMap
    from tessera.commands.dbt_check import ThrowAwayBuild
    from tessera.commands.outcomes import BuildOutcome

IDENTIFIERS, LABELS = "customer_identifiers", "customer_labels"

NOT_COME_TO = "was not read to its end: a step before it failed, which is told beside this"


def look_at(build: ThrowAwayBuild, folder: str, *, is_quick: bool) -> CheckReport:
    """Build step by step, as far as it goes, and say what was found."""
    project = build.read_project()
    staging = build.build_staging()
    errors = feed_errors(project, staging)
    readable = [feed.name for feed in project.feeds if feed.name not in errors]
    unreadable = connector_errors(project, staging)
    connected = [name for name in project.connected if name not in unreadable]
    build.record_inventory(readable, connected)
    outcomes = [staging]
    if staging.has_succeeded and not is_quick:
        outcomes.append(build.build_training_set())
    return _report(build, project, outcomes, errors, unreadable, folder)


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


def connector_errors(project: ProjectMap, staging: BuildOutcome) -> dict[str, str]:
    """Return why a connector's tables cannot be read, by connector."""
    return {
        connector: plain_message(node.message)
        for node in reversed(staging.failures)
        if (connector := project.connector_of(node.name))
    }


def _report(
    build: ThrowAwayBuild,
    project: ProjectMap,
    outcomes: Sequence[BuildOutcome],
    errors: Mapping[str, str],
    unreadable: Mapping[str, str],
    folder: str,
) -> CheckReport:
    database = build.project.database
    there = build.project.folder / build.feeds_folder
    built = {node.name for outcome in outcomes for node in outcome.nodes if node.is_built}
    with opened_read_only(database) as connection:
        feeds = _feeds(connection, project, errors)
        connectors = read_connectors(connection, project, there, unreadable)
        references = read_references(connection) if IDENTIFIERS in built else []
        learning = _learning(connection, project, feeds) if {FEATURES, LABELS} <= built else None
    unread = unread_files(there, feeds, project.connectors)
    findings = [
        *feed_findings(list(feeds.values()), unread),
        *vendor_findings(connectors, switched_off(there, project)),
        *reference_findings(references),
        *(supply_findings(learning.supplies) if learning else ()),
        *_gate_findings(project, built, database),
        *_other_failures(project, outcomes, errors),
    ]
    return CheckReport(
        folder=folder,
        feeds=list(feeds.values()),
        connectors=connectors,
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
    said = set(errors.values())
    for outcome in outcomes:
        for node in outcome.failures:
            words = plain_message(node.message)
            # a red gate is told by its evidence
            if node.name in told or node.test_name == "gate_passes" or words in said:
                continue
            said.add(words)
            yield Finding(Severity.STOPS, node.name, words)
