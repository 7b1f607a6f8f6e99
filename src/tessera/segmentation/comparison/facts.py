"""What the contract is asked of: sizes, agreement, age, owners and dates of today's segments."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from tessera.segmentation.choice.sizes import Sizes
from tessera.segmentation.restlessness import MONTH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tessera.runs import Run
    from tessera.segmentation.comparison.evidence import Evidence

NOT_KNOWN = math.nan
NORMAL_95 = 1.96
LEAST_MONTH = pd.Timedelta(days=28)
MONTHS = 3
"""Pairs of months that change is the mean of: as many as lie between two refits."""


MEND_SEASON = (
    "set {} in seeds/segment_names.csv if it is given there, else in seeds/segment_playbook.csv, "
    "or take the archetype out"
)
"""What to do about a season, by the column that decides it."""


@dataclass(frozen=True)
class Fact:
    """What was found for a clause: of one segment, or of the whole (``segment_id`` None).

    Attributes
    ----------
    value
        The figure itself; NaN when it is not known.
    judged
        What is held against the bound: the end of the figure's interval that is kinder to it, so
        that a shop of few customers is not accused of chance.
    reason
        The figure in words.
    """

    clause: str
    segment_id: str | None
    value: float
    judged: float
    reason: str


def all_facts(evidence: Evidence, run: Run) -> Iterator[Fact]:
    """Find what the clauses are asked of, in any order."""
    yield from size_facts(evidence)
    yield from filled_facts(evidence)
    yield coverage_fact(evidence)
    yield stability_fact(evidence)
    yield separation_fact(evidence)
    yield change_fact(evidence.history)
    yield freshness_fact(evidence, run)
    yield snapshot_fact(evidence, run)
    yield from owner_facts(evidence)
    yield from validity_facts(evidence, run)


def size_facts(evidence: Evidence) -> Iterator[Fact]:
    """Count each segment, as a multiple of what the size rule asks of it."""
    placed = evidence.assignments[evidence.assignments["segment_id"].notna()]
    places, segment_ids = pd.factorize(placed["segment_id"], sort=True)
    sizes = Sizes.of(placed, places.astype(np.int64), len(segment_ids))
    for segment_id, customers, floor in zip(
        segment_ids, sizes.customers, sizes.floors, strict=True
    ):
        asked = min(float(floor), float(evidence.customers))
        value = float(customers) / asked
        reason = f"{customers:,} customers; the size rule asks for {math.ceil(asked):,}"
        yield Fact("size", str(segment_id), value, value, reason)


def filled_facts(evidence: Evidence) -> Iterator[Fact]:
    """Tell of each segment of the model whether anybody is in it."""
    peopled = set(evidence.assignments["segment_id"].dropna())
    for segment_id in sorted(evidence.meanings["segment_id"].unique()):
        value = float(segment_id in peopled)
        reason = "somebody is in it" if value else "nobody is in it any more"
        yield Fact("filled", str(segment_id), value, value, reason)


def coverage_fact(evidence: Evidence) -> Fact:
    """Count who is in a segment."""
    placed = evidence.assignments
    covered = placed.loc[placed["segment_id"].notna(), "customer_id"].nunique()
    value = covered / evidence.customers if evidence.customers else NOT_KNOWN
    reason = f"{covered:,} of {evidence.customers:,} customers are in a segment"
    return Fact("coverage", None, value, value, reason)


def stability_fact(evidence: Evidence) -> Fact:
    """Look up how well other samples of the customers agree; judged by the upper end."""
    value, high, _ = _evaluation(evidence, "stability")
    reason = _told(value, f"refits on other samples agree to {value:.2f}, at best to {high:.2f}")
    return Fact("stability", None, value, high if not math.isnan(high) else value, reason)


def separation_fact(evidence: Evidence) -> Fact:
    """Look up how much tighter the segments are than those of shuffled columns."""
    value, _, shuffled = _evaluation(evidence, "silhouette")
    above = value - shuffled
    reason = _told(above, f"silhouette {value:.3f}, of shuffled columns {shuffled:.3f}")
    return Fact("separation", None, above, above, reason)


def change_fact(history: pd.DataFrame) -> Fact:
    """Count who is in another segment than a month before; judged by the lower end.

    The mean of the newest :data:`MONTHS` pairs of month starts that follow each other under one
    model: what a refit changed is told by the lineage, and ``as_of`` lies anywhere in its month.
    The interval is as wide as that of one month: people who move are often the same.
    """
    pairs = _month_pairs(history)[-MONTHS:]
    if not pairs:
        reason = "no two months that follow each other are told by one model"
        return Fact("monthly_change", None, NOT_KNOWN, NOT_KNOWN, reason)
    share = float(np.mean([(pair["earlier"] != pair["later"]).mean() for pair in pairs]))
    people = len(pairs[-1])
    low = share - NORMAL_95 * math.sqrt(share * (1 - share) / people)
    reason = f"{share:.1%} of {people:,} moved in a month, the mean of the newest {len(pairs)}"
    return Fact("monthly_change", None, share, low, reason)


def _month_pairs(history: pd.DataFrame) -> list[pd.DataFrame]:
    """Return per pair of months who was where: a row per customer of both."""
    # of who has no past snapshots the history holds the last build of each month instead
    instants = history["snapshot_at"]
    history = history[instants.dt.is_month_start & (instants == instants.dt.normalize())]
    by_month = {
        instant: rows.set_index("customer_id")["segment_id"]
        for instant, rows in history.groupby("snapshot_at", sort=True)
    }
    models = history.groupby("snapshot_at")["model_id"].first()
    pairs = [
        pd.concat([by_month[a], by_month[b]], axis=1, join="inner", keys=["earlier", "later"])
        for a, b in pairwise(by_month)
        if LEAST_MONTH <= b - a <= MONTH and models[a] == models[b]
    ]
    return [pair for pair in pairs if len(pair)]


def freshness_fact(evidence: Evidence, run: Run) -> Fact:
    """Count the days since the fit."""
    fitted_at = evidence.champions.iloc[0]["as_of"]
    days = float((run.as_of - fitted_at) / pd.Timedelta(days=1))
    return Fact("freshness", None, days, days, f"fitted as of {fitted_at:%Y-%m-%d}")


def snapshot_fact(evidence: Evidence, run: Run) -> Fact:
    """Count the days between what segments were told from and the build's instant, at worst."""
    apart = (run.as_of - evidence.assignments["snapshot_at"]).abs()
    days = float(apart.max() / pd.Timedelta(days=1)) if len(apart) else NOT_KNOWN
    reason = _told(days, f"told from snapshots at most {days:g} days from {run.as_of:%Y-%m-%d}")
    return Fact("snapshot", None, days, days, reason)


def owner_facts(evidence: Evidence) -> Iterator[Fact]:
    """Tell who answers for each segment."""
    for row in evidence.meanings.to_dict("records"):
        is_owned = isinstance(row["owner"], str) and bool(row["owner"].strip())
        reason = "owned" if is_owned else "nobody: name an owner in seeds/segment_playbook.csv"
        yield Fact("owner", row["segment_id"], float(is_owned), float(is_owned), reason)


def validity_facts(evidence: Evidence, run: Run) -> Iterator[Fact]:
    """Tell whether each segment's season is on."""
    for row in evidence.meanings.to_dict("records"):
        begins, ends = (pd.Timestamp(row[name]) for name in ("valid_from", "valid_to"))
        fault = _out_of_season(begins, ends, run.as_of)
        value = float(not fault)
        yield Fact("validity", row["segment_id"], value, value, fault or "valid")


def _out_of_season(begins: pd.Timestamp, ends: pd.Timestamp, as_of: pd.Timestamp) -> str:
    """Return why a day is not within [begins, ends), in words; empty when it is. NaT is open."""
    if begins is not pd.NaT and as_of < begins:
        return f"begins on {begins:%Y-%m-%d}: {MEND_SEASON.format('valid_from')}"
    if ends is not pd.NaT and as_of >= ends:
        return f"ended on {ends:%Y-%m-%d}: {MEND_SEASON.format('valid_to')}"
    return ""


def _evaluation(evidence: Evidence, metric: str) -> tuple[float, float, float]:
    """Return value, upper end and baseline of a measure; NaN where it was not taken."""
    found = evidence.evaluations[evidence.evaluations["metric"] == metric]
    if found.empty:
        return NOT_KNOWN, NOT_KNOWN, NOT_KNOWN
    row = found[["value", "high", "baseline_value"]].astype(np.float64).iloc[-1]
    return float(row["value"]), float(row["high"]), float(row["baseline_value"])


def _told(value: float, words: str) -> str:
    return "not known: the shop is too small to tell" if math.isnan(value) else words
