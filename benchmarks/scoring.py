"""What it costs to train on a bounded sample and to score everybody: seconds and peak memory."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.table import Table

from benchmarks.memory import BYTES_PER_MB
from benchmarks.process_cost import run_measured
from tessera.commands import CommandError

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console

    from benchmarks.process_cost import Cost

STEPS = ("draw", "train", "score")
PART = 10
"""The smaller shop is so much smaller: what memory is flat beside."""
MOST_MEMORY, MOST_SECONDS = 6e9, 300
BYTES_PER_CUSTOMER = 4_000
"""Disk that 400 features and the scores of two targets take."""


@dataclass(frozen=True)
class Step:
    """One step in a process of its own: ``seconds`` of its work alone, and what it found."""

    seconds: float
    cost: Cost
    found: dict[str, Any]


def measure_scoring(customers: int, memory: str, console: Console) -> bool:
    """Train and score for a tenth of ``customers`` and for all, print what each cost.

    Parameters
    ----------
    customers
        People of the larger shop.
    memory
        DuckDB's limit; what Python holds comes on top.
    console
        Where to print.

    Returns
    -------
    bool
        Whether the larger shop was scored within :data:`MOST_MEMORY` and :data:`MOST_SECONDS`.

    Raises
    ------
    CommandError
        There is not enough disk.
    StepFailedError
        A step did not succeed.
    """
    _require_disk(customers)
    sizes = sorted({max(customers // PART, 1), customers})
    shops = {size: _measured(size, memory, console.print) for size in sizes}
    console.print(_table(shops, memory))
    last = shops[customers]["score"]
    is_met = last.cost.peak < MOST_MEMORY and last.seconds < MOST_SECONDS
    console.print(
        f"Scored with reasons in {last.seconds:.0f} s and {last.cost.peak / 1e9:.1f} GB; under "
        f"{MOST_SECONDS} s and {MOST_MEMORY / 1e9:.0f} GB wanted: {'met' if is_met else 'NOT met'}"
    )
    return is_met


def _measured(customers: int, memory: str, say: Callable[[str], None]) -> dict[str, Step]:
    with tempfile.TemporaryDirectory(prefix="tessera-benchmark-") as folder:
        database = str(Path(folder) / "scoring.duckdb")
        steps = {}
        for step in STEPS:
            say(f"{customers:,} customers: {step}")
            module = [sys.executable, "-m", "benchmarks.scoring_process", step]
            cost = run_measured([*module, database, memory, str(customers)], step)
            found = json.loads(cost.said.splitlines()[-1])
            steps[step] = Step(found.pop("seconds"), cost, found)
        return steps


def _table(shops: dict[int, dict[str, Step]], memory: str) -> Table:
    features, models = (
        next(iter(shops.values()))[step].found[what]
        for step, what in (("draw", "features"), ("train", "models"))
    )
    table = Table(
        title=f"Training and scoring on {features} features",
        caption=f"DuckDB's part of the memory is at most {memory}.",
        title_justify="left",
        caption_justify="left",
    )
    table.add_column("")
    for customers in shops:
        table.add_column(f"{customers:,} customers", justify="right")
    for words, step, count in (
        (f"training {models} models", "train", "rows learnt from"),
        ("scoring 2 targets, with reasons", "score", "scores"),
    ):
        costs = [shop[step] for shop in shops.values()]
        table.add_row(f"{words}: {count}", *(f"{each.found['rows']:,}" for each in costs))
        table.add_row("    seconds", *(f"{each.seconds:,.1f}" for each in costs))
        table.add_row("    processor seconds", *(_processor(each) for each in costs))
        table.add_row("    peak memory, MB", *(_megabytes(each) for each in costs))
    return table


def _processor(step: Step) -> str:
    return f"{step.cost.processor_seconds:,.1f}"


def _megabytes(step: Step) -> str:
    return f"{step.cost.peak / BYTES_PER_MB:,.0f}"


def _require_disk(customers: int) -> None:
    folder = tempfile.gettempdir()
    free, needed = shutil.disk_usage(folder).free, customers * BYTES_PER_CUSTOMER
    if free < needed:
        raise CommandError(
            f"{folder} has {free / 1e9:.0f} GB free, and {customers:,} customers need "
            f"{needed / 1e9:.0f} GB: choose another folder with TMPDIR, or fewer --customers"
        )
