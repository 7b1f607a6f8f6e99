"""What probable links are worth and cost: FEBRL 3 and 4, and 50,000 contacts.

Pairs are judged after everything that the links connect is put together (plain connected
components), so that a link that glues two groups counts for every pair it makes.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import numpy as np
import pandas as pd
from rich.table import Table
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from benchmarks.dbt_process import DbtFailedError, started
from benchmarks.memory import BYTES_PER_MB, sample_tree
from benchmarks.workspace import Workspace, temporary_workspace

if TYPE_CHECKING:
    from rich.console import Console

NEEDED = {3: 0.95, 4: 0.99}
"""Set of FEBRL to the F1 that is asked for."""

PEOPLE = 62_000
"""People of the simulated shop that has 50,000 contacts."""

POLL_SECONDS = 0.1
STEPS = ("contact_records", "contact_linkage_models", "contact_links")

BASELINE = """
select a.identifier_id as identifier_id_a, b.identifier_id as identifier_id_b
from pii.contact_records as a
inner join pii.contact_records as b
    on a.first_name = b.first_name and a.last_name = b.last_name and a.birth_date = b.birth_date
    and a.identifier_id < b.identifier_id
"""
"""The rule that anybody would write: same name and same date of birth."""

TRUTH = """
select distinct md5('demo:contact_id:' || identifier_value) as identifier_id, person
from read_parquet($1)
where source = 'contacts' and identifier_type = 'contact_id' and person is not null
"""


@dataclass(frozen=True)
class Quality:
    """How many of the pairs found are right, and how many of the right ones are found."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True)
class Linkage:
    """A measured build of contact_links.

    Attributes
    ----------
    title
        The feeds.
    contacts
        How many there are.
    tessera, baseline
        What the links and the baseline are worth.
    seconds
        Model to the seconds it took.
    peak
        Most bytes that dbt ever held.
    """

    title: str
    contacts: int
    tessera: Quality
    baseline: Quality
    seconds: dict[str, float]
    peak: int


def measure_linkage(console: Console) -> bool:
    """Fetch, simulate, link, print; return whether FEBRL 3 and 4 are linked as well as needed."""
    with tempfile.TemporaryDirectory(prefix="tessera-benchmark-") as folder:
        febrl = {number: _febrl(number, Path(folder)) for number in NEEDED}
        shop = _shop(Path(folder), Path(folder) / "FEBRL 4")
    console.print(linkage_table([*febrl.values(), shop]))
    return all(febrl[number].tessera.f1 >= needed for number, needed in NEEDED.items())


def linkage_table(results: list[Linkage]) -> Table:
    """Lay out quality and cost, a column per data set."""
    table = Table(title="Contacts that share no key")
    table.add_column("")
    for result in results:
        table.add_column(f"{result.title}, {result.contacts:,} contacts", justify="right")
    for name in ("precision", "recall", "f1"):
        table.add_row(f"pair {name}", *(f"{getattr(each.tessera, name):.4f}" for each in results))
        same = (f"{getattr(each.baseline, name):.4f}" for each in results)
        table.add_row("  same name and birth date", *same)
    for step in STEPS:
        table.add_row(f"seconds, {step}", *(f"{each.seconds[step]:.1f}" for each in results))
    table.add_row("peak MB of dbt", *(f"{each.peak / BYTES_PER_MB:,.0f}" for each in results))
    return table


def judge(links: pd.DataFrame, truth: pd.DataFrame) -> Quality:
    """Compare what ``links`` connect with ``truth``: a row per contact, with its person."""
    place = pd.Series(range(len(truth)), index=truth["identifier_id"])
    are_known = [links[f"identifier_id_{side}"].isin(place.index) for side in "ab"]
    known = links[are_known[0] & are_known[1]]
    ends = [place[known[f"identifier_id_{side}"]].to_numpy() for side in "ab"]
    graph = coo_matrix((np.ones(len(known)), ends), shape=(len(truth), len(truth)))
    groups = truth.assign(group=connected_components(graph, directed=False)[1])
    found, true = _pairs(groups, ["group"]), _pairs(groups, ["person"])
    right = _pairs(groups, ["group", "person"])
    return Quality(right / found if found else 1.0, right / true if true else 1.0)


def _pairs(rows: pd.DataFrame, by: list[str]) -> int:
    sizes = rows.groupby(by).size()
    return int((sizes * (sizes - 1) // 2).sum())


def _febrl(number: int, folder: Path) -> Linkage:
    feeds = folder / f"FEBRL {number}"
    _run("fetch", "febrl", "--set", str(number), "--out", str(feeds), "--no-next")
    return _linked(feeds)


def _shop(folder: Path, orderless: Path) -> Linkage:
    """Link the contacts of a simulated shop alone: reading its other feeds is no part of this."""
    shop, feeds = folder / "shop", folder / "Simulated shop"
    _run("simulate", "--customers", str(PEOPLE), "--out", str(shop), "--no-next")
    feeds.mkdir()
    (shop / "contacts").rename(feeds / "contacts")
    (shop / "truth").rename(feeds / "truth")
    (feeds / "orders.parquet").write_bytes((orderless / "orders.parquet").read_bytes())
    return _linked(feeds)


def _linked(feeds: Path) -> Linkage:
    with temporary_workspace(feeds) as workspace:
        seconds, peak = _built(workspace)
        with duckdb.connect(str(workspace.database), read_only=True) as connection:
            found = str(next((feeds / "truth").glob("identifiers*")))
            files = found if found.endswith(".parquet") else f"{found}/*.parquet"
            truth = connection.execute(TRUTH, [files]).df()
            links = connection.sql("select * from identity.contact_links").df()
            baseline = connection.sql(BASELINE).df()
    quality = judge(links, truth), judge(baseline, truth)
    return Linkage(feeds.name, len(truth), *quality, seconds, peak)


def _built(workspace: Workspace) -> tuple[dict[str, float], int]:
    """Build the links and what they stand on; return seconds by model, and the peak."""
    peak = 0
    arguments = ["--select", "+contact_links", "--exclude-resource-type", "test", "unit_test"]
    with started(workspace, "build", *arguments) as process:
        while process.is_alive:
            sample = sample_tree(process.pid)
            peak = max(peak, sample.resident if sample else 0)
            time.sleep(POLL_SECONDS)
        if process.wait():
            raise DbtFailedError(f"dbt failed. Its last words:\n{process.last_words}")
        return {step: process.seconds_of[step] for step in STEPS}, peak


def _run(*arguments: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "tessera", *arguments], check=True, capture_output=True, text=True
    )
