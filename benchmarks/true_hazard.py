"""How near the predictions come to the truth: a simulated shop, whose chances are known.

Two ceilings stand beside the models, on the same people and origins. One knows all that drives a
person on that day, whether interest is gone included, and not the draws to come; nobody can do
better. The other knows each person's own rates and sees their orders, as a shop does: it has to
guess who is gone. Models may pass the second, since they also read visits, messages and tickets.
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import numpy as np
import pandas as pd
from rich.table import Table

from benchmarks.churn import build_training_data, evaluate
from benchmarks.lead_time import PEOPLE, ROC_AUC
from benchmarks.order_filter import believed_order_chances
from benchmarks.progress import steps_shown
from benchmarks.workspace import temporary_workspace
from tessera.bootstrap import compare, estimate_metric
from tessera.propensity.labelled import labelled_rows
from tessera.propensity.protocol import choose_origins, score_origin
from tessera.propensity.replays import load_replays
from tessera.simulate.block import draw_block
from tessera.simulate.outlook import HORIZONS, outlooks
from tessera.simulate.purchases import Purchases
from tessera.simulate.settings import Settings
from tessera.simulate.shop import simulate_shop
from tessera.simulate.world import BLOCK_SIZE, World

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from benchmarks.churn import TrainingData
    from benchmarks.workspace import Workspace
    from tessera.bootstrap import Estimate, Scored
    from tessera.propensity import Target

TRUTH, ORDERS_ALONE = "true hazard", "own rates and orders"
ALLOWED = 0.03
"""What a good model may lie below the true hazard."""


def measure_true_hazard(customers: int, console: Console) -> bool:
    """Print AUCs beside the ceilings; return whether every best model lies within the bound."""
    settings = Settings(customers=customers)
    with tempfile.TemporaryDirectory(prefix="tessera-benchmark-") as name:
        feeds = Path(name).resolve() / "shop"
        simulate_shop(settings, feeds, lambda *_: None)
        with temporary_workspace(feeds) as workspace:
            data = build_training_data(workspace, console, {})
            person_of = read_persons(workspace, feeds)
    is_met = []
    with steps_shown(console, "judging", len(data.targets)) as show:
        for target in data.targets:
            show(target.name)
            scored = score_everybody(data, target, settings, person_of)
            table, best = hazard_table(target, scored, data.run.seed)
            console.print(table)
            is_met.append(best.value <= ALLOWED)
    return all(is_met)


def read_persons(workspace: Workspace, feeds: Path) -> pd.Series:
    """Return the person of each customer who is one, alone; the others cannot be compared."""
    files = {name: str(feeds / f"truth/{name}/*.parquet") for name in ("identifiers", "people")}
    with duckdb.connect(str(workspace.database), read_only=True) as connection:
        people = connection.execute(PEOPLE, files).df()
    return people.set_index("customer_id")["person"].sort_index()


def score_everybody(
    data: TrainingData, target: Target, settings: Settings, person_of: pd.Series
) -> dict[str, list[Scored]]:
    """Return by who judges the comparable people at each origin, the two ceilings first."""
    rows = labelled_rows(data.training_set, target)
    origins = choose_origins(rows, target)
    fitted = evaluate(data, target)
    starts_on = pd.Timestamp(World.of(settings).calendar.starts_on)
    days = [(origin.snapshot_at - starts_on).days for origin in origins]
    chances = order_chances(settings, days, target.horizon_days)
    told: dict[str, list[Scored]] = {TRUTH: [], ORDERS_ALONE: []}
    for model in fitted.models.itertuples():
        fits = load_replays(fitted.replays, model.model_id, origins)
        at_origins = [score_origin(rows, *each) for each in zip(origins, fits, strict=True)]
        told[model.algorithm] = [_known(each, person_of) for each in at_origins]
    for place, people in enumerate(told[model.algorithm]):
        persons = person_of.loc[people.customer_ids].to_numpy()
        for name, found in chances.items():
            orders = found[place, persons]
            asked = 1.0 - orders if target.name.startswith("churn") else orders
            told[name].append(replace(people, probabilities=asked))
    return told


def order_chances(
    settings: Settings, days: Sequence[int], horizon_days: int
) -> dict[str, np.ndarray]:
    """Return by ceiling the chance of an order within the horizon, shape (days, people)."""
    world, of_horizon = World.of(settings), HORIZONS.index(horizon_days)
    blocks = [draw_block(world, number) for number in range(-(-settings.customers // BLOCK_SIZE))]
    whole = [
        np.stack(
            [
                outlooks(block.people, block.lifetimes, block.ticks, world.seasons, day)[
                    of_horizon
                ].order_probability
                for day in days
            ]
        )
        for block in blocks
    ]
    believed = [
        believed_order_chances(
            block.people,
            Purchases(block.baskets.person, block.baskets.day),
            world.seasons,
            days,
            horizon_days,
        )
        for block in blocks
    ]
    return {TRUTH: np.hstack(whole), ORDERS_ALONE: np.hstack(believed)}


def hazard_table(
    target: Target, scored: dict[str, list[Scored]], seed: int
) -> tuple[Table, Estimate]:
    """Return the table, and by how much the best model lies below the true hazard."""
    table = Table(title=f"{target.name}: ROC AUC over {len(scored[TRUTH])} origins, 95 % intervals")
    for heading in ("who judges", "ROC AUC", "below the true hazard"):
        table.add_column(heading)
    distances = {name: compare(scored[TRUTH], each, ROC_AUC, seed) for name, each in scored.items()}
    for name, each in scored.items():
        distance = "" if name == TRUTH else _told(distances[name])
        table.add_row(name, _told(estimate_metric(each, ROC_AUC, seed)), distance)
    models = [name for name in scored if name not in {TRUTH, ORDERS_ALONE}]
    table.caption = f"{len(scored[TRUTH][-1].labels):,} people at the newest origin"
    return table, min((distances[name] for name in models), key=lambda found: found.value)


def _known(people: Scored, person_of: pd.Series) -> Scored:
    known = pd.Index(people.customer_ids).isin(person_of.index)
    return type(people)(
        people.customer_ids[known], people.labels[known], people.probabilities[known]
    )


def _told(found: Estimate) -> str:
    return f"{found.value:.3f} [{found.low:.3f}, {found.high:.3f}]"
