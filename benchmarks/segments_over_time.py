"""How calm segments are over time, what the calm costs, and whether real moves come through.

Complete Journey and a simulated shop, whose people's moves are known with their dates. A model is
fitted once, frozen and followed; beside it stand refits each month and a dozen rules of moving.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import numpy as np
import pandas as pd

from benchmarks.churn import TESTS
from benchmarks.dbt_process import require_success, started
from benchmarks.lead_time import PEOPLE
from benchmarks.progress import nodes_shown
from benchmarks.segment_panels import NOBODY, first_ids, fit_model, follow_model, read_shop
from benchmarks.segment_rules import RULES, Clear, follow_mean, follow_rule
from benchmarks.segments_over_time_tables import lineage_table, rules_table, shifts_table
from benchmarks.workspace import temporary_workspace
from tessera.segmentation.measures import interval
from tessera.segmentation.over_time.damping import DECLARED
from tessera.segmentation.over_time.fitted_damping import fit_damping
from tessera.segmentation.over_time.rehearsal import place_past
from tessera.segmentation.over_time.reigns import Reign
from tessera.segmentation.over_time.shifts import month_columns, shifts_of
from tessera.segmentation.over_time.spine import MONTHS
from tessera.segmentation.over_time.successions import carry_ids, first_free_number, successions
from tessera.simulate.settings import Settings
from tessera.simulate.shop import simulate_shop

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from benchmarks.segment_panels import Floats, Panel, Places, Shop
    from benchmarks.workspace import Workspace
    from tessera.segmentation.model import SegmentModel
    from tessera.segmentation.over_time.damping import Damping

SIZES = (5, 6, 7)
DRAWS = 200
FOLLOWED_FROM = {"Complete Journey": "2017-07-01", "simulated shop": "2025-03-01"}
"""The first month start at which windows of half a year are full; before the drift."""
REFITS = {
    "Complete Journey": ("2017-07-01", "2018-01-01"),
    "simulated shop": ("2025-06-01", "2025-12-01"),
}
"""A fit, and the refit half a year later: in the simulated shop after the drift."""

# moves of persona, those into and out of dormancy told apart, with the day
MOVES = """
select people.customer_id, now.valid_from as moved_at,
    case
        when now.persona = 'dormant' then 'goes dormant'
        when before.persona = 'dormant' then 'is won back'
        else 'changes persona'
    end as move
from read_parquet($personas) as now
inner join read_parquet($personas) as before
    on now.person = before.person and now.valid_from = before.valid_to
inner join people on now.person = people.person
where before.persona <> now.persona
"""


@dataclass(frozen=True)
class Worth:
    """What a rule is worth, the mean over months.

    Attributes
    ----------
    change, worst
        Share of customers in another segment than the month before: mean, and the worst month.
    agreement
        Share of them where they are nearest; NaN for refits, whose segments are others.
    explained, low, high
        Share of variance of the next 90 days' log spend; and by how much it is more than
        undamped, with its 95 % interval over people.
    lasting
        Of the customers whose nearest segment changed for three months or more: who was moved
        with the change, and within a month of it.
    noticed
        By planted move: share in another segment at the first and at the second month start after
        it than at the one before.
    """

    change: float
    worst: float
    agreement: float
    explained: float
    low: float
    high: float
    lasting: tuple[float, float]
    noticed: dict[str, tuple[float, float, int]]


def measure_segments_over_time(journey: Path, customers: int, console: Console) -> None:
    """Build both shops, and print their tables."""
    with temporary_workspace(journey) as workspace:
        _build(workspace, console)
        report("Complete Journey", workspace.database, None, console)
    with tempfile.TemporaryDirectory(prefix="tessera-benchmark-") as name:
        feeds = Path(name).resolve() / "shop"
        simulate_shop(Settings(customers=customers), feeds, lambda *_: None)
        with temporary_workspace(feeds) as workspace:
            _build(workspace, console)
            report("simulated shop", workspace.database, feeds / "truth", console)


def report(name: str, database: Path, truth: Path | None, console: Console) -> None:
    """Print the tables of one shop that is built."""
    seed = pd.read_csv("seeds/segment_features.csv", dtype=str, keep_default_na=False)
    shop = read_shop(database, name, seed)
    moves = read_moves(database, truth) if truth else pd.DataFrame()
    since = pd.Timestamp(FOLLOWED_FROM[name])
    for segments in SIZES:
        worths = dict(judge_rules(shop, since, segments, moves))
        console.print(rules_table(f"{name}, {segments} segments, from {since:%Y-%m-%d}", worths))
    before, after = (pd.Timestamp(day) for day in REFITS[name])
    console.print(lineage_table(f"{name}: a refit", before, after, refit(shop, before, after)))
    console.print(shifts_table(f"{name}: is the shop another one?", told_shifts(shop)))


def read_moves(database: Path, truth: Path) -> pd.DataFrame:
    """Return the planted moves of customers who are one person alone, with their days."""
    files = {name: str(truth / name / "*.parquet") for name in ("identifiers", "people")}
    with duckdb.connect(str(database), read_only=True) as connection:
        people = connection.execute(PEOPLE, files).df()[["customer_id", "person"]]
    with duckdb.connect() as connection:
        connection.register("people", people)
        return connection.execute(MOVES, {"personas": str(truth / "personas/*.parquet")}).df()


def judge_rules(
    shop: Shop, since: pd.Timestamp, segments: int, moves: pd.DataFrame
) -> Iterator[tuple[str, Worth]]:
    """Yield the worth of each way to be in a segment, refits first."""
    model = fit_model(shop, since, segments)
    panel = follow_model(shop, model, since)
    undamped = panel.nearest
    raw, matched = refit_each_month(shop, panel, segments)
    told = {"refit each month": raw, "refit and matching": matched}
    told |= {name: follow_rule(panel, rule()) for name, rule in RULES.items()}
    told["mean of three months"] = follow_mean(panel)
    for name, damping in fitted_dampings(shop, model, panel).items():
        told[f"{name} ({damping.clearness:.2f})"] = follow_rule(panel, Clear(damping))
    for name, labels in told.items():
        yield name, judge(panel, labels, undamped, moves, is_refit="refit" in name)


def fitted_dampings(shop: Shop, model: SegmentModel, panel: Panel) -> dict[str, Damping]:
    """Return the damping of a build: fitted on the months before, and on those that followed."""
    since, ids = panel.months[0], first_ids(model.segments)
    reign = Reign("", model, since, since, ids, ids, ids, panel.typical, DECLARED, "")
    before = [(at, rows) for at, rows in shop.months.items() if at <= since][-MONTHS:]
    after = [(at, rows) for at, rows in shop.months.items() if at >= since][-MONTHS:]
    return {
        f"fitted {when}": fit_damping(place_past(months, model, DECLARED.recent_days), reign)
        for when, months in (("on months before", before), ("in hindsight", after))
    }


def refit_each_month(shop: Shop, panel: Panel, segments: int) -> tuple[Places, Places]:
    """Return the segments of a fresh fit each month, by its own numbers and matched to the last."""
    raw, matched = (np.full(panel.is_there.shape, NOBODY) for _ in range(2))
    before, ids, free = None, first_ids(segments), segments + 1
    for month, at in enumerate(panel.months):
        model, rows = fit_model(shop, at, segments), shop.months[at]
        there = panel.is_there[month]
        places = model.distances(rows).argmin(axis=1)
        if before is not None:
            overlap = np.zeros((segments, segments), dtype=np.int64)
            np.add.at(overlap, (before.distances(rows).argmin(axis=1), places), 1)
            ids = carry_ids(overlap, ids, free)
            free = max(free, first_free_number(ids))
        raw[month, there] = places
        matched[month, there] = np.array([int(name[1:]) for name in ids])[places]
        before = model
    return raw, matched


def judge(
    panel: Panel, labels: Places, undamped: Places, moves: pd.DataFrame, *, is_refit: bool
) -> Worth:
    """Return what labels, shape (months, customers), are worth."""
    pairs = pairwise(labels)
    change = [float((a != b)[(a != NOBODY) & (b != NOBODY)].mean()) for a, b in pairs]
    there = panel.is_there[1:]
    agreement = float((labels[1:] == undamped[1:])[there].mean())
    explained, low, high = explained_more(panel, labels, undamped)
    return Worth(
        float(np.mean(change)),
        max(change),
        float("nan") if is_refit else agreement,
        explained,
        low,
        high,
        (np.nan, np.nan) if is_refit else lasting_moves(labels, undamped),
        noticed_moves(panel, labels, moves),
    )


def explained_more(panel: Panel, labels: Places, undamped: Places) -> tuple[float, float, float]:
    """Return the share explained, and the interval of how much more than undamped."""
    random = np.random.default_rng(7)
    draws = [np.ones(len(panel.customer_ids))]
    draws += [random.poisson(1.0, len(panel.customer_ids)).astype(float) for _ in range(DRAWS)]
    ours, theirs = (_explained(panel, each, draws) for each in (labels, undamped))
    return float(ours[0]), *interval((ours - theirs)[1:])


def _explained(panel: Panel, labels: Places, draws: list[Floats]) -> Floats:
    shares = []
    for month in range(1, len(panel.months)):
        known = panel.is_there[month] & ~np.isnan(panel.outcomes[month])
        if known.any():
            outcomes, places = panel.outcomes[month][known], labels[month][known]
            shares.append([_share(outcomes, places, weights[known]) for weights in draws])
    explained: Floats = np.mean(shares, axis=0)
    return explained


def _share(outcomes: Floats, labels: Places, weights: Floats) -> float:
    counts, sums = np.bincount(labels, weights), np.bincount(labels, weights * outcomes)
    mean = sums.sum() / counts.sum()
    means = np.divide(sums, counts, out=np.full(len(sums), mean), where=counts > 0)
    between = (counts * (means - mean) ** 2).sum()
    return float(between / (weights * (outcomes - mean) ** 2).sum())


def lasting_moves(labels: Places, undamped: Places) -> tuple[float, float]:
    """Return who of those that changed for three months was moved in the month, and by the next."""
    at_once, by_next, all_of_them = 0, 0, 0
    for month in range(1, len(undamped) - 2):
        before, now = undamped[month - 1], undamped[month]
        lasts = (before != NOBODY) & (before != now) & (labels[month - 1] != now)
        lasts &= (undamped[month + 1] == now) & (undamped[month + 2] == now)
        at_once += int((labels[month] == now)[lasts].sum())
        by_next += int(((labels[month] == now) | (labels[month + 1] == now))[lasts].sum())
        all_of_them += int(lasts.sum())
    return at_once / max(all_of_them, 1), by_next / max(all_of_them, 1)


def noticed_moves(
    panel: Panel, labels: Places, moves: pd.DataFrame
) -> dict[str, tuple[float, float, int]]:
    """Return, per planted move, who is elsewhere one and two month starts later, and of how many.

    Beside them those who made none in these months (``nobody's move``), whom a rule should leave.
    """
    if moves.empty:
        return {}
    found: dict[str, list[tuple[bool, bool]]] = {}
    months = np.array(panel.months, dtype="datetime64[us]")
    for move in moves.itertuples():
        month = int(np.searchsorted(months, np.datetime64(move.moved_at), side="right")) - 1
        place = int(np.searchsorted(panel.customer_ids, move.customer_id))
        if not 0 <= month < len(months) - 2 or place == len(panel.customer_ids):
            continue
        if panel.customer_ids[place] == move.customer_id and labels[month, place] != NOBODY:
            was, first, second = labels[month : month + 3, place]
            found.setdefault(move.move, []).append((first != was, second != was))
    return {
        name: (*(float(x) for x in np.mean(each, axis=0)), len(each))  # type: ignore[misc]
        for name, each in sorted(found.items())
    }


def refit(shop: Shop, before: pd.Timestamp, after: pd.Timestamp) -> list[tuple[str, ...]]:
    """Return what a refit of six segments does to those of a fit half a year before."""
    older, newer = (fit_model(shop, at, 6) for at in (before, after))
    rows = shop.months[after]
    overlap = np.zeros((older.segments, newer.segments), dtype=np.int64)
    np.add.at(overlap, (older.assign(rows), newer.assign(rows)), 1)
    older_ids = first_ids(older.segments)
    ids = carry_ids(overlap, older_ids, older.segments + 1)
    return [
        (
            one.event,
            "" if one.older is None else older_ids[one.older],
            "" if one.newer is None else ids[one.newer],
            f"{one.customers:,}",
            f"{one.share:.0%}",
        )
        for one in successions(overlap)
    ]


def told_shifts(shop: Shop) -> pd.DataFrame:
    """Return how far each month lies from the months before it, by feature."""
    columns = month_columns(shop.seed["feature_name"])
    newest = shop.months[max(shop.months)]
    there = {name: short for name, short in columns.items() if short in newest.columns}
    means = pd.DataFrame(
        {at: rows[list(there.values())].mean() for at, rows in shop.months.items()}
    )
    return shifts_of(means.T.dropna(axis=1, how="all"), there)


def _build(workspace: Workspace, console: Console) -> None:
    arguments = ["build", "--exclude-resource-types", *TESTS, "--select", "+training_set"]
    with (
        nodes_shown(console, "features") as show,
        started(workspace, *arguments, on_node=show) as process,
    ):
        require_success(process)
