"""What it costs to simulate a shop: seconds and peak memory, beside a small shop's."""

from __future__ import annotations

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

POLL_SECONDS = 0.25
SMALL_SHOP = 5_000
COUNTED = ("web_events", "messages", "order_lines", "orders")


@dataclass(frozen=True)
class Simulation:
    """A measured simulation.

    Attributes
    ----------
    customers
        People asked for.
    seconds
        Wall time of the whole command.
    peak
        Most bytes that the command and its processes held together; 0 where nobody can tell.
    size
        Bytes on disk.
    rows
        Rows of the largest feeds, and of all thirteen under ``all feeds``.
    """

    customers: int
    seconds: float
    peak: int
    size: int
    rows: dict[str, int]


class SimulationFailedError(RuntimeError):
    """The command did not succeed; the message is what it said last."""


def measure_simulation(customers: int, console: Console) -> None:
    """Simulate a small shop and one of ``customers`` people, and print what each cost."""
    shops = [_simulated(size) for size in sorted({SMALL_SHOP, customers})]
    table = Table(title="tessera simulate")
    table.add_column("")
    for shop in shops:
        table.add_column(f"{shop.customers:,} people", justify="right")
    table.add_row("seconds", *(f"{shop.seconds:,.1f}" for shop in shops))
    table.add_row("peak memory, MB", *(f"{shop.peak / BYTES_PER_MB:,.0f}" for shop in shops))
    table.add_row("on disk, MB", *(f"{shop.size / BYTES_PER_MB:,.0f}" for shop in shops))
    for feed in shops[0].rows:
        table.add_row(f"rows, {feed}", *(f"{shop.rows[feed]:,}" for shop in shops))
    table.add_row(
        "rows a second", *(f"{shop.rows['all feeds'] / shop.seconds:,.0f}" for shop in shops)
    )
    console.print(table)


def _simulated(customers: int) -> Simulation:
    with tempfile.TemporaryDirectory(prefix="tessera-benchmark-") as name:
        folder = Path(name) / "shop"
        began = time.monotonic()
        peak = _run(["--customers", str(customers), "--out", str(folder)])
        seconds = time.monotonic() - began
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        return Simulation(customers, seconds, peak, size, _rows(folder))


def _run(arguments: list[str]) -> int:
    """Run the command to its end, and return the most memory that it held."""
    command = [sys.executable, "-m", "tessera", "simulate", *arguments]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    peak = 0
    while process.poll() is None:
        sample = sample_tree(process.pid)
        peak = max(peak, sample.resident if sample else 0)
        time.sleep(POLL_SECONDS)
    if process.returncode:
        said = process.stdout.read().decode() if process.stdout else ""
        raise SimulationFailedError(f"tessera simulate failed: {said[-2000:]}")
    return peak


def _rows(folder: Path) -> dict[str, int]:
    """Count rows from the files' own footers, without reading them."""
    counted = {feed: _count(folder / feed / "*.parquet") for feed in COUNTED}
    feeds = [*folder.glob("*.parquet"), *(each for each in folder.iterdir() if each.is_dir())]
    every = [
        _count(each if each.is_file() else each / "*.parquet")
        for each in feeds
        if each.name != "truth"
    ]
    return counted | {"all feeds": sum(every)}


def _count(pattern: Path) -> int:
    with duckdb.connect() as connection:
        query = "select sum(num_rows) from parquet_file_metadata(?)"
        (count,) = connection.execute(query, [str(pattern)]).fetchall()[0]
    return int(count)
