"""What linking identifiers costs: from nothing, after a day, and beside what knows no dates."""

from __future__ import annotations

import importlib.util
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
from rich.table import Table

from benchmarks.memory import BYTES_PER_MB, sample_tree

if TYPE_CHECKING:
    from rich.console import Console

POLL_SECONDS = 0.1
LABELS = {
    "full": "all links, from nothing",
    "incremental": "1 % newer links, beside yesterday's",
    "scipy": "scipy, components alone",
    "networkx": "networkx, components alone",
}


@dataclass(frozen=True)
class Cost:
    """What a process cost.

    Attributes
    ----------
    seconds
        Wall time, from start to end.
    processor_seconds
        Time on all cores: what a busy machine does not lengthen.
    peak
        Most bytes held at once; 0 where nobody can tell.
    """

    seconds: float
    processor_seconds: float
    peak: int


class StepFailedError(RuntimeError):
    """A process did not succeed; the message is what it said last."""


def measure_identity(customers: int, console: Console) -> None:
    """Link the identifiers of ``customers`` people in every way, and print what each cost."""
    with tempfile.TemporaryDirectory(prefix="tessera-benchmark-") as folder:
        database = Path(folder) / "identity.duckdb"
        for step in ("draw", "day_before"):
            _run(step, database, customers)
        costs = {step: _run(step, database, customers) for step in LABELS if _can(step)}
        _run("compare", database, customers)
        console.print(_sizes(database))
        console.print(_table(costs))


def _can(step: str) -> bool:
    return step != "networkx" or importlib.util.find_spec("networkx") is not None


def _run(step: str, database: Path, customers: int) -> Cost:
    command = [sys.executable, "-m", "benchmarks.identity_process", step]
    before, began, peak = _processor_seconds(), time.monotonic(), 0
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            [*command, str(database), str(customers)], stdout=said, stderr=said
        )
        while process.poll() is None:
            sample = sample_tree(process.pid)
            peak = max(peak, sample.resident if sample else 0)
            time.sleep(POLL_SECONDS)
        if process.returncode:
            said.seek(0)
            raise StepFailedError(f"{step} failed: {said.read().decode()[-2000:]}")
    return Cost(time.monotonic() - began, _processor_seconds() - before, peak)


def _processor_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _sizes(database: Path) -> str:
    query = """
    with components as (select count(*) as size from links group by customer_id)
    select (from (select count(*) from identity_edges)), sum(size), count(*), max(size)
    from components
    """
    with duckdb.connect(str(database), read_only=True) as connection:
        edges, identifiers, customers, largest = connection.execute(query).fetchall()[0]
    return (
        f"{edges:,} links between {identifiers:,} identifiers: {customers:,} customers, "
        f"the largest with {largest:,}. The incremental run gave the rows of the full one."
    )


def _table(costs: dict[str, Cost]) -> Table:
    full = costs["full"].processor_seconds
    table = Table(title="identity_links")
    table.add_column("")
    for heading in ("seconds", "processor seconds", "of the full run", "peak memory, MB"):
        table.add_column(heading, justify="right")
    for step, cost in costs.items():
        table.add_row(
            LABELS[step],
            f"{cost.seconds:,.1f}",
            f"{cost.processor_seconds:,.1f}",
            f"{cost.processor_seconds / full:.2f}",
            f"{cost.peak / BYTES_PER_MB:,.0f}",
        )
    return table
