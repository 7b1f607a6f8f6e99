"""What it costs to choose the segments of a million customers: seconds and peak memory."""

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

STEPS = {
    "draw": "drawing the customers",
    "fit": "fitting the candidates: rows learnt from",
    "choose": "measuring and choosing: past rows",
    "assign": "assigning everybody: customers",
}
ASKED = ("fit", "choose", "assign")
"""The steps that a build takes; drawing is the benchmark's own."""
PART = 10
"""The smaller shop is so much smaller: what is flat beside it."""
MOST_MEMORY, MOST_SECONDS = 8e9, 300
BYTES_PER_CUSTOMER = 1_500
"""Disk that a customer's features and past take."""


@dataclass(frozen=True)
class Step:
    """One step in a process of its own: ``seconds`` of its work alone, and what it found."""

    seconds: float
    cost: Cost
    found: dict[str, Any]


def measure_segments(customers: int, memory: str, console: Console) -> bool:
    """Fit, choose and assign for a tenth of ``customers`` and for all, print what each cost.

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
        Whether the larger shop stayed within :data:`MOST_MEMORY` and :data:`MOST_SECONDS`.

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
    last = [shops[customers][step] for step in ASKED]
    seconds, peak = sum(step.seconds for step in last), max(step.cost.peak for step in last)
    is_met = peak < MOST_MEMORY and seconds < MOST_SECONDS
    console.print(f"{shops[customers]['choose'].found['reason']}")
    console.print(
        f"Fitted, chosen and assigned in {seconds:.0f} s and {peak / 1e9:.1f} GB; under "
        f"{MOST_SECONDS} s and {MOST_MEMORY / 1e9:.0f} GB wanted: {'met' if is_met else 'NOT met'}"
    )
    return is_met


def _measured(customers: int, memory: str, say: Callable[[str], None]) -> dict[str, Step]:
    with tempfile.TemporaryDirectory(prefix="tessera-benchmark-") as folder:
        database = str(Path(folder) / "segments.duckdb")
        steps = {}
        for step in STEPS:
            say(f"{customers:,} customers: {step}")
            module = [sys.executable, "-m", "benchmarks.segments_process", step]
            cost = run_measured([*module, database, memory, str(customers)], step)
            found = json.loads(cost.said.splitlines()[-1])
            steps[step] = Step(found.pop("seconds"), cost, found)
        return steps


def _table(shops: dict[int, dict[str, Step]], memory: str) -> Table:
    candidates = next(iter(shops.values()))["fit"].found["candidates"]
    table = Table(
        title=f"Segments of {candidates} candidates",
        caption=f"DuckDB's part of the memory is at most {memory}.",
        title_justify="left",
        caption_justify="left",
    )
    table.add_column("")
    for customers in shops:
        table.add_column(f"{customers:,} customers", justify="right")
    for step in ASKED:
        costs = [shop[step] for shop in shops.values()]
        table.add_row(STEPS[step], *(f"{each.found['rows']:,}" for each in costs))
        table.add_row("    seconds", *(f"{each.seconds:,.1f}" for each in costs))
        table.add_row(
            "    processor seconds", *(f"{each.cost.processor_seconds:,.1f}" for each in costs)
        )
        table.add_row(
            "    peak memory, MB", *(f"{each.cost.peak / BYTES_PER_MB:,.0f}" for each in costs)
        )
    return table


def _require_disk(customers: int) -> None:
    folder = tempfile.gettempdir()
    free, needed = shutil.disk_usage(folder).free, customers * BYTES_PER_CUSTOMER
    if free < needed:
        raise CommandError(
            f"{folder} has {free / 1e9:.0f} GB free, and {customers:,} customers need "
            f"{needed / 1e9:.0f} GB: choose another folder with TMPDIR, or fewer --customers"
        )
