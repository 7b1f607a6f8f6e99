"""The feature mart of made-up shops of three sizes, beside queries and tools that do the same."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.dbt_process import DbtFailedError
from benchmarks.features.mart import MartRun, build_demo_shop, run_mart
from benchmarks.process_cost import Cost, run_measured
from benchmarks.workspace import temporary_workspace
from tessera.commands import CommandError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.workspace import Workspace

DEMO_SHOP = Path("seeds/demo_shop")
SMALLEST = 1_000
NEWEST_ALONE = {"snapshot_months": 1, "history_customers": 1}
"""The spine is then the newest snapshot of everybody, and at most a few rows of the past."""
TRAINING_SET = {"snapshot_months": 12, "history_customers": 200_000}
SURVIVED = {"pandas": 100_000, "polars": 100_000, "featuretools": 10_000}
"""Customers up to which a peer is asked: it ends within minutes and 14 GB."""
BYTES_PER_CUSTOMER = 30_000
"""Disk that the file, what is written beside it and a second copy of the features take."""
REPEATS = 3
"""The bare query is so short that the fastest of so many is taken."""


@dataclass(frozen=True)
class Step:
    """One step in a process of its own: ``seconds`` of its work alone, and what it found."""

    seconds: float
    cost: Cost
    found: dict[str, Any]


@dataclass
class Shop:
    """What was measured on a shop of one size.

    Attributes
    ----------
    customers
        People.
    queries
        ``draw``, ``bare``, ``measures``, ``filtered`` and ``copy`` to what each took.
    runs
        ``newest``, ``training``, ``daily`` and ``again`` to what dbt took; the last three on the
        largest shop alone.
    peers
        Names of peers to what each took; None: it is not installed.
    compared
        What comparing the daily build's rows with those of a whole one found.
    failed
        Why the runs after the newest snapshot ended early; empty: they did not.
    """

    customers: int
    queries: dict[str, Step] = field(default_factory=dict)
    runs: dict[str, MartRun] = field(default_factory=dict)
    peers: dict[str, Step | None] = field(default_factory=dict)
    compared: dict[str, Any] = field(default_factory=dict)
    failed: str = ""


def measured_shops(customers: int, peers_python: str, say: Callable[[str], None]) -> Iterator[Shop]:
    """Measure shops of a hundredth, a tenth and all of ``customers``, telling ``say`` each step.

    Raises
    ------
    CommandError
        There is not enough disk.
    DbtFailedError, StepFailedError
        Something did not succeed.
    """
    _require_disk(customers)
    sizes = sorted({max(customers // part, min(customers, SMALLEST)) for part in (100, 10, 1)})
    for size in sizes:
        peers = [
            name
            for name, most in SURVIVED.items()
            if size == max((each for each in sizes if each <= most), default=None)
        ]
        with temporary_workspace(DEMO_SHOP) as workspace:
            bench = _Bench(workspace, Shop(size), say)
            bench.prepare()
            bench.measure_newest()
            bench.measure_peers(peers, peers_python)
            if size == customers:
                bench.measure_history()
            yield bench.shop


@dataclass(frozen=True)
class _Bench:
    workspace: Workspace
    shop: Shop
    say: Callable[[str], None]

    def prepare(self) -> None:
        self.say(f"{self.shop.customers:,} customers: building the demo shop, drawing this one")
        build_demo_shop(self.workspace)
        self.shop.queries["draw"] = self._step("draw", str(self.shop.customers))

    def measure_newest(self) -> None:
        for step in ("bare", "measures", "filtered"):
            steps = [self._step(step) for _ in range(REPEATS if step == "bare" else 1)]
            self.shop.queries[step] = min(steps, key=lambda each: each.seconds)
        self._mart("newest", NEWEST_ALONE, "--full-refresh")
        self.shop.queries["copy"] = self._step("copy")

    def measure_history(self) -> None:
        try:
            self._measure_history()
        except DbtFailedError as error:  # an hour's other figures are worth printing
            self.shop.failed = str(error)

    def _measure_history(self) -> None:
        customers = str(self.shop.customers)
        self._mart("training", TRAINING_SET, "--full-refresh")
        self._step("day", customers)
        self._mart("daily", TRAINING_SET)
        self._step("keep")
        self._mart("again", TRAINING_SET, "--full-refresh")
        self.shop.compared.update(self._step("compare").found)

    def measure_peers(self, names: list[str], python: str) -> None:
        if not names:
            return
        file = self.workspace.folder / "events.parquet"
        as_of = self._step("export", str(file)).found["as_of"]
        script = str(Path(__file__).with_name("peers.py"))
        for name in names:
            if not _is_installed(name, python):
                self.shop.peers[name] = None
                continue
            self.say(f"{self.shop.customers:,} customers: {name}")
            step = _read(run_measured([python, script, name, str(file), as_of], name))
            self._require_same(name, step)
            self.shop.peers[name] = step
        file.unlink()

    def _require_same(self, name: str, step: Step) -> None:
        ours, theirs = self.shop.queries["filtered"].found["total"], step.found["total"]
        if abs(ours - theirs) > 1e-9 * abs(ours):
            raise CommandError(f"{name} computed something else: {theirs} instead of {ours}")

    def _mart(self, name: str, variables: dict[str, Any], *options: str) -> None:
        self.say(f"{self.shop.customers:,} customers: feature models, {name}")
        self.shop.runs[name] = run_mart(self.workspace, variables, *options)

    def _step(self, step: str, argument: str = "") -> Step:
        self.say(f"{self.shop.customers:,} customers: {step}")
        module = [sys.executable, "-m", "benchmarks.features.process", step]
        settings = self.workspace.profile()["settings"]
        file = str(self.workspace.database)
        return _read(run_measured([*module, file, settings["memory_limit"], argument], step))


def _read(cost: Cost) -> Step:
    found = json.loads(cost.said.splitlines()[-1])
    return Step(found.pop("seconds"), cost, found)


def _is_installed(module: str, python: str) -> bool:
    asked = [
        python,
        "-c",
        f"import importlib.util as u, sys; sys.exit(not u.find_spec('{module}'))",
    ]
    return subprocess.run(asked, check=False).returncode == 0


def _require_disk(customers: int) -> None:
    folder = tempfile.gettempdir()
    free, needed = shutil.disk_usage(folder).free, customers * BYTES_PER_CUSTOMER
    if free < needed:
        raise CommandError(
            f"{folder} has {free / 1e9:.0f} GB free, and {customers:,} customers need "
            f"{needed / 1e9:.0f} GB: choose another folder with TMPDIR, or fewer --customers"
        )
