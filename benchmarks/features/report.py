"""What was measured of the feature mart, as tables and verdicts."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from rich.table import Table

from benchmarks.memory import BYTES_PER_MB

if TYPE_CHECKING:
    from rich.console import Console

    from benchmarks.features.mart import MartRun
    from benchmarks.features.measure import Shop, Step

MOST_MEMORY = 14_000_000_000
MOST_TIMES_BARE = {"newest": 4, "training": 8}
"""What a mart may cost, as a multiple of the bare query over the same events."""
COSTLIEST = 12
QUERIES = {
    "bare": "bare: count(*) by customer",
    "measures": "9 measures by customer, no windows",
    "filtered": "9 measures x 6 windows, filtered aggregates",
    "copy": "all features of that snapshot, copied once",
}
RUNS = {
    "newest": "all families, newest snapshot",
    "training": "all families, newest and 12 months of 200,000",
    "daily": "the same a day later, 1 % new facts",
    "again": "the same a day later, from nothing",
}


def print_report(shops: list[Shop], console: Console) -> None:
    """Print every table, and the verdicts on the largest shop."""
    largest = shops[-1]
    console.print(_ratios(largest))
    console.print(_models(largest))
    console.print(_growth(shops))
    console.print(_peers(shops))
    for line in _verdicts(largest):
        console.print(line, highlight=False)


def _ratios(shop: Shop) -> Table:
    found = shop.queries["draw"].found
    rows = ", ".join(f"{count:,} {name}" for name, count in found.items())
    table = _table(
        f"{shop.customers:,} customers",
        ("", "rows", "seconds", "processor s", "x bare", "x measures", "peak MB"),
        f"{rows}. Of dbt: from the first model's start to the last one's end; processor time and "
        "memory are the whole command's.",
    )
    for name, words in QUERIES.items():
        query = shop.queries[name]
        table.add_row(
            words,
            f"{query.found['rows']:,}",
            *_costs(shop, query.seconds, query.cost.processor_seconds, query.cost.peak),
        )
    for name, words in RUNS.items():
        if run := shop.runs.get(name):
            costs = _costs(shop, run.seconds, run.processor_seconds, run.peak)
            table.add_row(words, f"{run.rows_due:,}", *costs)
    return table


def _models(shop: Shop) -> Table:
    runs = {name: run for name, run in shop.runs.items() if name != "again"}
    table = _table(
        "The costliest models, seconds of each alone",
        ("", *runs),
        "Two models run at a time, on the same cores.",
    )
    names = sorted(shop.runs["newest"].seconds_of, key=lambda name: -_longest(name, runs))
    for name in names[:COSTLIEST]:
        table.add_row(name, *(f"{run.seconds_of.get(name, 0):.1f}" for run in runs.values()))
    table.add_row("all", *(f"{sum(run.seconds_of.values()):.1f}" for run in runs.values()))
    return table


def _longest(name: str, runs: dict[str, MartRun]) -> float:
    return max(run.seconds_of.get(name, 0) for run in runs.values())


def _growth(shops: list[Shop]) -> Table:
    table = _table(
        "All families, newest snapshot",
        ("customers", "events", "features", "seconds", "x bare", "peak MB", "exponent"),
        "Exponent: of the growth of seconds from the line before; 1 is linear.",
    )
    before: Shop | None = None
    for shop in shops:
        run, bare = shop.runs["newest"], shop.queries["bare"].seconds
        table.add_row(
            f"{shop.customers:,}",
            f"{shop.queries['draw'].found['web_events']:,}",
            f"{run.features}",
            f"{run.seconds:.1f}",
            f"{run.seconds / bare:.1f}",
            f"{run.peak / BYTES_PER_MB:,.0f}",
            f"{_exponent(before, shop):.2f}" if before else "",
        )
        before = shop
    return table


def _exponent(one: Shop, other: Shop) -> float:
    seconds = other.runs["newest"].seconds / one.runs["newest"].seconds
    return math.log(seconds) / math.log(other.customers / one.customers)


def _peers(shops: list[Shop]) -> Table:
    table = _table(
        "9 measures of web events in 6 windows, for one snapshot",
        ("", "customers", "seconds", "x bare", "peak MB"),
        "Each beside the bare query at its own size; pandas, Polars and Featuretools read Parquet "
        "and write nothing. The same totals came out everywhere.",
    )
    for shop in shops:
        steps: dict[str, Step | None] = {"filtered aggregates": shop.queries["filtered"]}
        for name, step in (steps | shop.peers).items():
            cells = ("not installed: left out", "", "")
            if step:
                cells = (
                    f"{step.seconds:.1f}",
                    f"{step.seconds / shop.queries['bare'].seconds:.1f}",
                    f"{step.cost.peak / BYTES_PER_MB:,.0f}",
                )
            table.add_row(name, f"{shop.customers:,}", *cells)
    return table


def _verdicts(shop: Shop) -> list[str]:
    bare = shop.queries["bare"].seconds
    lines = []
    for name, most in MOST_TIMES_BARE.items():
        if not (run := shop.runs.get(name)):
            continue
        times = run.seconds / bare
        memory, bound = run.peak / 1e9, MOST_MEMORY / 1e9
        for words, is_met in (
            (f"{times:.1f} x bare, at most {most} wanted", times <= most),
            (f"{memory:.1f} GB, under {bound:.0f} wanted", memory < bound),
        ):
            lines.append(f"{RUNS[name]}: {words}: {'met' if is_met else 'NOT met'}")
    if shop.failed:
        return [*lines, f"NOT measured to the end: {shop.failed}"]
    daily, again = shop.runs["daily"], shop.runs["again"]
    rows, differing = (shop.compared[count] for count in ("rows", "differing"))
    lines.append(
        f"A day's build computed {daily.rows_due:,} of {daily.rows:,} rows in "
        f"{daily.seconds / again.seconds:.2f} of the whole one's time; of {rows:,} rows compared "
        f"with the whole one's, {differing:,} differ."
    )
    return lines


def _costs(shop: Shop, seconds: float, processor: float, peak: int) -> tuple[str, ...]:
    bare, measures = (shop.queries[name].seconds for name in ("bare", "measures"))
    return (
        f"{seconds:.2f}",
        f"{processor:.1f}",
        f"{seconds / bare:.1f}",
        f"{seconds / measures:.1f}",
        f"{peak / BYTES_PER_MB:,.0f}",
    )


def _table(title: str, headings: tuple[str, ...], caption: str) -> Table:
    table = Table(title=title, caption=caption, title_justify="left", caption_justify="left")
    for place, heading in enumerate(headings):
        table.add_column(heading, justify="right" if place else "left")
    return table
