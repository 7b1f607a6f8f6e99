"""What linking identifiers costs: from nothing, after a day, and beside what knows no dates."""

from __future__ import annotations

import importlib.util
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
from rich.table import Table

from benchmarks.memory import BYTES_PER_MB
from benchmarks.process_cost import run_measured

if TYPE_CHECKING:
    from rich.console import Console

    from benchmarks.process_cost import Cost

LABELS = {
    "full": "all links, from nothing",
    "incremental": "1 % newer links, beside yesterday's",
    "scipy": "scipy, components alone",
    "networkx": "networkx, components alone",
}


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
    module = [sys.executable, "-m", "benchmarks.identity_process"]
    return run_measured([*module, step, str(database), str(customers)], step)


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
