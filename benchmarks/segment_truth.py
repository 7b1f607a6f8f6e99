"""Segments held against the truth of simulated shops: who people are, and who is about to go.

Two shops. The rule by which those at risk but recoverable are found is chosen on the first, and
what it finds is told on the second, which nobody has looked at.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import numpy as np
import pandas as pd
from sklearn.metrics import adjusted_mutual_info_score

from benchmarks.at_risk import CUSTOMERS, RULES, highest, rfm_cells
from benchmarks.churn import TESTS
from benchmarks.dbt_process import require_success, started
from benchmarks.lead_time import PEOPLE
from benchmarks.progress import nodes_shown
from benchmarks.segment_truth_tables import Finding, agreement_table, findings_table
from benchmarks.workspace import temporary_workspace
from tessera.segmentation.measures import interval
from tessera.segmentation.rivals import rfm_clusters, rfm_groups
from tessera.simulate.settings import Settings
from tessera.simulate.shop import simulate_shop

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from rich.console import Console

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

CHOSEN_ON, TOLD_ON = 7, 11
"""Seeds of the two shops."""
DRAWS = 200
STATE = "at_risk_but_recoverable"

PERSONAS = """
select person, persona from read_parquet($personas)
where valid_from <= $as_of and (valid_to is null or valid_to > $as_of)
"""


@dataclass(frozen=True)
class TrueShop:
    """Customers of a shop who are one person alone, with the persona of the day.

    Attributes
    ----------
    customers
        A row per customer: what the rules read, and ``persona``, states included.
    seed
        Of the simulation.
    """

    customers: pd.DataFrame
    seed: int

    @property
    def is_sought(self) -> Flags:
        """Who is at risk but recoverable, in truth."""
        is_sought: Flags = (self.customers["persona"] == STATE).to_numpy(dtype=np.bool_)
        return is_sought


def measure_segment_truth(customers: int, console: Console) -> None:
    """Print agreement with the personas, and what a rule finds where it was not chosen."""
    chosen_on, told_on = (built_shop(customers, seed, console) for seed in (CHOSEN_ON, TOLD_ON))
    report(chosen_on, told_on, console)


def report(chosen_on: TrueShop, told_on: TrueShop, console: Console) -> None:
    """Print the tables of two shops."""
    for shop in (chosen_on, told_on):
        console.print(agreement_table(shop.seed, len(shop.customers), agreements(shop)))
    candidates, chosen = found(chosen_on, [*RULES]), choose_rule(chosen_on)
    console.print(findings_table(f"Rules to choose from, seed {chosen_on.seed}", candidates))
    console.print(f"Chosen: {chosen}\n")
    told = found(told_on, [chosen])
    console.print(findings_table(f"The chosen rule, seed {told_on.seed}", told))


def built_shop(customers: int, seed: int, console: Console) -> TrueShop:
    """Simulate a shop, build it whole, and read it together with its truth."""
    settings = Settings(customers=customers, seed=seed)
    with tempfile.TemporaryDirectory(prefix="tessera-benchmark-") as name:
        feeds = Path(name).resolve() / "shop"
        simulate_shop(settings, feeds, lambda *_: None)
        with temporary_workspace(feeds) as workspace:
            arguments = ["build", "--exclude-resource-types", *TESTS]
            with (
                nodes_shown(console, f"shop {seed}") as show,
                started(workspace, *arguments, on_node=show) as process,
            ):
                require_success(process)
            return read_shop(workspace.database, feeds, seed)


def read_shop(database: Path, feeds: Path, seed: int) -> TrueShop:
    """Read what a build published of each customer, and who they truly are."""
    truth = {name: str(feeds / f"truth/{name}/*.parquet") for name in ("identifiers", "people")}
    personas = {"personas": str(feeds / "truth/personas/*.parquet")}
    with duckdb.connect(str(database), read_only=True) as connection:
        people = connection.execute(PEOPLE, truth).df()[["customer_id", "person"]]
        (as_of,) = connection.execute("select as_of from registry.run_context").fetchall()[0]
        persona = connection.execute(PERSONAS, {**personas, "as_of": as_of}).df()
        customers = connection.execute(CUSTOMERS).df()
    known = customers.merge(people, on="customer_id").merge(persona, on="person")
    return TrueShop(known.sort_values("customer_id", ignore_index=True), seed)


def agreements(shop: TrueShop) -> dict[str, Floats]:
    """Return the adjusted mutual information of each segmentation with the personas of the day.

    Vinh, Epps and Bailey (2010): 1 for the same groups, 0 for what chance gives. All have as many
    groups. The first number is the figure, the others are of people drawn again.
    """
    customers, segments = shop.customers, shop.customers["segment_id"].nunique()
    labels = {
        "tessera": pd.factorize(customers["segment_id"], sort=True)[0],
        "rfm_quintiles": rfm_groups(customers, segments),
        "rfm_kmeans": rfm_clusters(customers, customers, segments, shop.seed),
    }
    personas = pd.factorize(customers["persona"], sort=True)[0]
    return {
        name: np.array(
            [adjusted_mutual_info_score(personas[rows], groups[rows]) for rows in _draws(shop)]
        )
        for name, groups in labels.items()
        if groups is not None
    }


def choose_rule(shop: TrueShop) -> str:
    """Return the rule that finds most at the depth of RFM's wider cell."""
    depth = [int(cell.sum()) for cell in rfm_cells(shop.customers).values()][-1]
    is_sought = shop.is_sought
    return max(
        RULES,
        key=lambda name: int(is_sought[highest(RULES[name](shop.customers), depth)].sum()),
    )


def found(shop: TrueShop, names: list[str]) -> Iterator[Finding]:
    """Tell what rules find at the depth of each cell of RFM, beside the cell itself."""
    for cell_name, cell in rfm_cells(shop.customers).items():
        yield _finding(cell_name, cell, cell, shop)
        for name in names:
            named = highest(RULES[name](shop.customers), int(cell.sum()))
            yield _finding(f"  {name}", named, cell, shop)


def _finding(name: str, named: Flags, cell: Flags, shop: TrueShop) -> Finding:
    sought, draws = shop.is_sought, _draws(shop)
    precisions = np.array([_share(sought[rows], named[rows]) for rows in draws])
    recalls = np.array([_share(named[rows], sought[rows]) for rows in draws])
    apart = recalls - np.array([_share(cell[rows], sought[rows]) for rows in draws])
    return Finding(
        name,
        int(named.sum()),
        int((named & sought).sum()),
        (precisions[0], *interval(precisions[1:])),
        (recalls[0], *interval(recalls[1:])),
        (apart[0], *interval(apart[1:])),
    )


def _share(true: Flags, among: Flags) -> float:
    return float(true[among].mean()) if among.any() else float("nan")


def _draws(shop: TrueShop) -> list[NDArray[np.int64]]:
    """Return everybody, then as many people drawn again and again."""
    people = len(shop.customers)
    random = np.random.default_rng(shop.seed)
    return [np.arange(people), *(random.integers(0, people, people) for _ in range(DRAWS))]
