"""What a build costs: seconds and peak memory per stage, first from nothing, then again."""

from __future__ import annotations

import json
import os
import platform
import time
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import duckdb
from rich.table import Table

from benchmarks.dbt_process import POLL_SECONDS, require_success, started
from benchmarks.memory import BYTES_PER_MB, Sample, peak_of_children, sample_tree
from benchmarks.progress import nodes_shown
from tessera.commands.outcomes import NodeOutcome, seconds_per_stage, stage_of

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

    from benchmarks.workspace import Workspace

SHORTEST_COMPARED = 0.1
"""Seconds below which the ratio of two builds is noise, and is not printed."""
REGISTRIES = {"propensity_models": "propensity models", "segment_models": "segmentations"}


@dataclass(frozen=True)
class BuiltNode:
    """A node as dbt built it, with the Unix seconds between which it was at work."""

    outcome: NodeOutcome
    began: float
    ended: float


@dataclass(frozen=True)
class Build:
    """A measured build.

    Attributes
    ----------
    seconds
        Wall time from the start of the process to its end.
    began
        Unix time of the start.
    nodes
        What was built.
    samples
        Memory over time; empty where the platform does not tell.
    peak
        Most bytes held at any time.
    trained
        What was trained, in words, to how many.
    """

    seconds: float
    began: float
    nodes: tuple[BuiltNode, ...]
    samples: tuple[Sample, ...]
    peak: int
    trained: dict[str, int]

    def peak_of(self, stage: str) -> int | None:
        """Return the most bytes held while a node of ``stage`` was at work."""
        spans = [(n.began, n.ended + POLL_SECONDS) for n in self.nodes if n.outcome.stage == stage]
        held = [s.resident for s in self.samples if any(a <= s.at <= b for a, b in spans)]
        return max(held, default=None)


def measure_stages(workspace: Workspace, console: Console) -> None:
    """Build twice in a fresh workspace and print what each stage took."""
    first = measured_build(workspace, "first build", console)
    second = measured_build(workspace, "second build", console)
    console.print(stages_table(first, second))
    console.print(_machine(workspace), style="dim")
    console.print(
        f"The second build, of the same data, took {second.seconds / first.seconds:.2f} of the "
        f"first one's time and trained {_words(second.trained)}; the first trained "
        f"{_words(first.trained)}.\n"
    )


def measured_build(workspace: Workspace, title: str, console: Console) -> Build:
    """Run ``dbt build`` and return what it took.

    Raises
    ------
    DbtFailedError
        The build did not succeed.
    """
    began, start = time.time(), time.monotonic()
    samples: list[Sample] = []
    with nodes_shown(console, title) as show, started(workspace, "build", on_node=show) as process:
        while process.is_alive:
            if sample := sample_tree(process.pid):
                samples.append(sample)
            time.sleep(POLL_SECONDS)
        require_success(process)
    return Build(
        seconds=time.monotonic() - start,
        began=began,
        nodes=_built_nodes(workspace.artefacts),
        samples=tuple(samples),
        peak=max((sample.resident for sample in samples), default=0) or peak_of_children(),
        trained=_trained(workspace.database),
    )


def stages_table(first: Build, second: Build) -> Table:
    """Lay out a line per stage, and the whole below."""
    table = Table(
        title="Seconds and peak memory per stage",
        caption=(
            "Stages overlap: dbt works at several nodes at a time. Share is of all work. "
            "Memory is the whole process's while a stage is at work."
        ),
        title_justify="left",
        caption_justify="left",
        show_footer=True,
    )
    table.add_column("stage", footer="from start to end")
    rows = _stage_rows(first, second)
    again = (f"{second.seconds:.1f}", _ratio(first.seconds, second.seconds))
    footers = ("", f"{first.seconds:.1f}", "", _megabytes(first.peak), *again)
    headings = ("nodes", "seconds", "share", "peak MB", "second build", "second / first")
    for heading, footer in zip(headings, footers, strict=True):
        table.add_column(heading, footer=footer, justify="right")
    for row in rows:
        table.add_row(*row)
    return table


def _stage_rows(first: Build, second: Build) -> list[tuple[str, ...]]:
    works = seconds_per_stage(tuple(node.outcome for node in first.nodes))
    again = {
        stage: seconds
        for stage, _, seconds in seconds_per_stage(tuple(node.outcome for node in second.nodes))
    }
    whole = sum(seconds for _, _, seconds in works)
    starts = [_seconds_to_first_node(build) for build in (first, second)]
    rows: list[tuple[str, ...]] = [
        ("starting dbt", "", f"{starts[0]:.1f}", "", "", f"{starts[1]:.1f}", _ratio(*starts))
    ]
    for stage, nodes, seconds in works:
        after = again.get(stage, 0.0)
        measured = (str(nodes), f"{seconds:.1f}", f"{seconds / whole:.0%}")
        memory = _megabytes(first.peak_of(stage))
        rows.append((stage, *measured, memory, f"{after:.1f}", _ratio(seconds, after)))
    return rows


def _seconds_to_first_node(build: Build) -> float:
    return min(node.began for node in build.nodes) - build.began


def _ratio(first: float, second: float) -> str:
    return f"{second / first:.2f}" if first >= SHORTEST_COMPARED else ""


def _megabytes(held: int | None) -> str:
    return "" if held is None else f"{held / BYTES_PER_MB:,.0f}"


def _built_nodes(artefacts: Path) -> tuple[BuiltNode, ...]:
    results = json.loads((artefacts / "run_results.json").read_text())["results"]
    manifest = json.loads((artefacts / "manifest.json").read_text())
    known = manifest["nodes"] | manifest["unit_tests"]
    return tuple(_built(each, known[each["unique_id"]]) for each in results if each["timing"])


def _built(result: dict[str, Any], node: dict[str, Any]) -> BuiltNode:
    kind = node["resource_type"]
    stage = stage_of(kind, node["path"])
    began = min(_unix(timing["started_at"]) for timing in result["timing"])
    ended = max(_unix(timing["completed_at"]) for timing in result["timing"])
    seconds = result["execution_time"]
    return BuiltNode(
        NodeOutcome(node["name"], kind, stage, result["status"], seconds), began, ended
    )


def _unix(moment: str) -> float:
    return datetime.fromisoformat(moment).timestamp()


def _trained(database: Path) -> dict[str, int]:
    """Count the models of each registry that the newest run has fitted."""
    with duckdb.connect(str(database), read_only=True) as connection:
        return {
            words: connection.execute(
                f"select count(*) from registry.{registry} "
                "where run_id = (select run_id from registry.run_context)"
            ).fetchall()[0][0]
            for registry, words in REGISTRIES.items()
        }


def _words(trained: dict[str, int]) -> str:
    counted = [f"{count} {words}" for words, count in trained.items() if count]
    return " and ".join(counted) or "nothing"


def _machine(workspace: Workspace) -> str:
    profile = workspace.profile()
    return (
        f"dbt with {profile['threads']} threads, DuckDB's memory limit "
        f"{profile['settings']['memory_limit']}; "
        f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}, DuckDB {duckdb.__version__}"
    )
