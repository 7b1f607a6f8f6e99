"""Simulate a shop twice, as plain feeds and as vendors' exports; build both; compare."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow.parquet as pq

from benchmarks.churn import TESTS
from benchmarks.connectors.comparison import (
    PLAIN,
    VENDORS,
    ComparedTable,
    compare_table,
    pair_customers,
)
from benchmarks.connectors.reasons import reason_of
from benchmarks.connectors.tables import differences, overview
from benchmarks.dbt_process import require_success, started
from benchmarks.progress import nodes_shown
from benchmarks.workspace import Workspace, temporary_workspace
from tessera.simulate.settings import Dirt, Format, Settings
from tessera.simulate.shop import simulate_shop
from tessera.simulate.table_files import write_parquet
from tessera.simulate.vendors.relabelling import relabelled
from tessera.simulate.vendors.writing import vars_of_exports

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rich.console import Console

TABLES = (
    ("marts.customers", ()),
    ("features.customer_features", ("snapshot_at",)),
    ("marts.customer_segments", ()),
)
"""What is compared, with what tells rows of one customer apart. The published features are the
newest snapshot of these, which hold the past as it was known, too."""

NO_PREDICTION = {
    "name": "nothing_30d",
    "horizon_days": 30,
    "description": "Asked of nobody: what is compared needs no prediction.",
    "eligible_when": "orders_count_lifetime < 0",
    "label": "count(orders.order_id) = 0",
}

MODELS = ("+published_customers", "+published_customer_features", "+customer_segments")
BUILD = ("build", "--exclude-resource-types", *TESTS, "--select", *MODELS)


def measure_connectors(customers: int, months: int, seed: int, console: Console) -> bool:
    """Print how equal the two builds are; return whether every difference is explained."""
    feeds = Settings(customers=customers, months=months, seed=seed, dirt=Dirt.NONE)
    exports = Settings(
        customers=customers, months=months, seed=seed, dirt=Dirt.NONE, format=Format.VENDORS
    )
    usual = {
        "as_of": str(feeds.as_of),
        "seed": seed,
        "targets": [NO_PREDICTION],
        "predict": [NO_PREDICTION["name"]],
    }
    with tempfile.TemporaryDirectory(prefix="tessera-benchmark-") as name:
        folder = Path(name).resolve()
        write_relabelled(feeds, folder)
        simulate_shop(exports, folder / VENDORS, lambda *_: None)
        with (
            _built(folder / PLAIN, usual, console) as plain,
            _built(folder / VENDORS, usual | vars_of_exports(), console) as vendors,
        ):
            return report(plain.database, vendors.database, console)


def write_relabelled(settings: Settings, folder: Path) -> None:
    """Write a shop's feeds under the ids of the vendors into the folder ``plain``."""
    simulate_shop(settings, folder / "ours", lambda *_: None)
    for path in sorted((folder / "ours").rglob("*.parquet")):
        place = path.relative_to(folder / "ours")
        feed = place.parts[0].removesuffix(".parquet")
        if feed != "truth":
            write_parquet(relabelled(feed, pq.read_table(path)), folder / PLAIN / place)


@contextmanager
def _built(feeds: Path, variables: Mapping[str, Any], console: Console) -> Iterator[Workspace]:
    with temporary_workspace(feeds, variables) as workspace:
        with (
            nodes_shown(console, feeds.name) as show,
            started(workspace, *BUILD, variables=variables, on_node=show) as process,
        ):
            require_success(process)
        yield workspace


def report(plain: Path, vendors: Path, console: Console) -> bool:
    """Compare two builds, print how equal they are, and return whether all is explained."""
    with duckdb.connect() as connection:
        for name, database in ((PLAIN, plain), (VENDORS, vendors)):
            connection.execute(f"attach '{database}' as {name} (read_only)")
        paired, *customers = pair_customers(connection)
        tables = [compare_table(connection, table, keys) for table, keys in TABLES]
    console.print(overview(tables))
    console.print(
        f"Customers: {customers[0]:,} through plain feeds, {customers[1]:,} through connectors, "
        f"{paired:,} of them one and the same.\n"
    )
    if any(column.differing for table in tables for column in table.columns):
        console.print(differences(tables))
    problems = [*_problems(tables), *_of_customers(paired, customers)]
    for problem in problems:
        console.print(f"[red]{problem}[/red]")
    return not problems


def _problems(tables: Sequence[ComparedTable]) -> Iterator[str]:
    for table in tables:
        for name in table.only_plain:
            yield f"{table.table}.{name} exists through plain feeds only"
        for name in table.only_vendors:
            yield f"{table.table}.{name} exists through connectors only"
        for column in table.columns:
            if column.differing and reason_of(column) is None:
                yield f"{column.table}.{column.column} differs, and nothing explains it"


def _of_customers(paired: int, customers: Sequence[int]) -> Iterator[str]:
    if {paired, *customers} != {paired}:
        yield "not every customer of one build is one of the other"
