"""The ablation as tables for the terminal, and as a CSV file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.table import Table

from benchmarks.sources.catalogue import ALONE, COLUMNS, EVERYTHING, SHOP_ALONE, WITHOUT
from benchmarks.sources.contrasts import contrasts
from benchmarks.sources.draws import Estimate

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pandas as pd
    from rich.console import Console

    from tessera.simulate.settings import Settings

SEGMENTS, RFM = "segments", "rfm_kmeans"
TREES, RECENCY = "lightgbm", "recency"
MEASURES = {
    "spend of 90 days": "spend_90d {segments}",
    "churn in 90 days": "churn_90d {segments}",
    "personas": "personas {segments}",
    "stability": "stability {segments}",
    "churn AUC": "churn_30d {model}",
    "purchase AUC": "purchase_30d {model}",
    "in one piece": "one_piece",
}
"""Heading to the measure, by who groups and who judges."""
LEVELS = (
    (EVERYTHING, SEGMENTS, TREES),
    (SHOP_ALONE, SEGMENTS, TREES),
    (EVERYTHING, RFM, RECENCY),
    (SHOP_ALONE, RFM, RECENCY),
)
"""Lines of the first table: the variant, who groups and who judges; the last two are naive."""
WAYS = {
    WITHOUT: "Taken away from everything: what is lost",
    ALONE: "Added to the shop alone: what is gained",
    COLUMNS: "Its columns alone taken away, its identifiers left: what is lost",
}


def print_report(
    figures: Mapping[str, pd.DataFrame], file: Path, settings: Settings, console: Console
) -> None:
    """Print the tables, and write every figure to a file."""
    rows = contrasts(figures)
    if rows.empty:
        console.print("Nothing is measured yet.")
        return
    rows.to_csv(file, index=False, float_format="%.6f")
    by_key = rows.set_index(["way", "source", "measure"])
    people = next(iter(figures.values()))["persons"].iloc[0]
    title = f"{settings.customers:,} people, {settings.months} months, seed {settings.seed}"
    console.print(levels_table(by_key, f"{title}: {people:,} who bought are judged"))
    for way, words in WAYS.items():
        if way in by_key.index:
            console.print(worth_table(by_key.loc[way], words))
    console.print(f"Every figure: {file}", soft_wrap=True)


def levels_table(rows: pd.DataFrame, title: str) -> Table:
    """Lay out what is reached with everything, with the shop alone, and by naive rivals."""
    table = _table(
        title, tuple(MEASURES), "95 % intervals over persons. One segment or a coin: 0; AUC .5."
    )
    for variant, segments, model in LEVELS:
        names = [_measure(each, segments, model) for each in MEASURES]
        cells = [
            told(_estimate(rows.loc[(variant, "", name)], ""))
            if (variant, "", name) in rows.index
            else ""
            for name in names
        ]
        table.add_row(f"{variant}\n{segments} / {model}", *cells)
    return table


def worth_table(rows: pd.DataFrame, title: str) -> Table:
    """Lay out a line per source: the worth to each measure, of rows by source and measure."""
    table = _table(
        title,
        (*MEASURES, "customers"),
        "With it minus without it, 95 % intervals over persons, in pairs. * tells it from nothing.",
    )
    for source in rows.index.unique("source"):
        of_source = rows.loc[source]
        cells = [
            told_difference(_estimate(of_source.loc[_measure(each, SEGMENTS, TREES)], "worth"))
            for each in MEASURES
        ]
        table.add_row(source, *cells, f"{int(of_source['customers'].iloc[0]):,}")
    return table


def _measure(heading: str, segments: str, model: str) -> str:
    return MEASURES[heading].format(segments=segments, model=model)


def told(found: Estimate) -> str:
    r"""Write a figure above its interval.

    >>> told(Estimate(0.7654, 0.75, 0.78))
    '.765\n.750 .780'
    """
    return f"{_number(found.value)}\n{_number(found.low)} {_number(found.high)}"


def told_difference(found: Estimate) -> str:
    r"""Write a difference above its interval, with a mark where that lies on one side of 0.

    >>> told_difference(Estimate(-0.0126, -0.02, -0.004))
    '-.013*\n-.020 -.004'
    """
    mark = "*" if found.is_told_from_nothing else ""
    return (
        f"{_number(found.value, '+')}{mark}\n{_number(found.low, '+')} {_number(found.high, '+')}"
    )


def _number(value: float, sign: str = "") -> str:
    """Write three decimals, without the nought before the point."""
    return f"{value:{sign}.3f}".replace("0.", ".", 1)


def _estimate(row: pd.Series, prefix: str) -> Estimate:
    names = ("worth", "worth_low", "worth_high") if prefix else ("value", "low", "high")
    return Estimate(*(float(row[name]) for name in names))


def _table(title: str, headings: tuple[str, ...], caption: str) -> Table:
    table = Table(
        title=title,
        caption=caption,
        title_justify="left",
        caption_justify="left",
        box=SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
    )
    table.add_column("", no_wrap=True)
    for heading in headings:
        table.add_column(heading, justify="right")
    return table
