"""Segments over time, as tables for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from benchmarks.segments_over_time import Worth


def rules_table(title: str, worths: Mapping[str, Worth]) -> Table:
    """Lay out the rules, a line each."""
    table = Table(
        title=title,
        caption=(
            "Moves: share in another segment than the month before. Explained: of the next 90 "
            "days' spend, and how much more than undamped, 95 % interval. Lasting: of changes "
            "that last three months, moved with the change / by the next month. Planted moves: "
            "in another segment at the first / second month start after the day."
        ),
        title_justify="left",
        caption_justify="left",
    )
    moves = sorted({name for worth in worths.values() for name in worth.noticed})
    headings = ["rule", "moves", "worst month", "agreement", "explained", "more", "lasting", *moves]
    for heading in headings:
        table.add_column(heading, justify="left" if heading == "rule" else "right")
    for name, worth in worths.items():
        table.add_row(
            name,
            f"{worth.change:.1%}",
            f"{worth.worst:.1%}",
            _known(worth.agreement, ".3f"),
            f"{worth.explained:.3f}",
            "" if name == "frozen only" else f"{worth.low:+.3f} to {worth.high:+.3f}",
            " / ".join(_known(share, ".0%") for share in worth.lasting),
            *(f"{worth.noticed[m][0]:.0%} / {worth.noticed[m][1]:.0%}" for m in moves),
        )
    return table


def lineage_table(
    title: str, before: pd.Timestamp, after: pd.Timestamp, events: Iterable[tuple[str, ...]]
) -> Table:
    """Lay out what became of the segments at a refit."""
    table = Table(
        title=f"{title} (fitted {before:%Y-%m-%d}, again {after:%Y-%m-%d})", title_justify="left"
    )
    for heading in ("event", "from", "to", "customers", "share"):
        table.add_column(heading)
    for event in events:
        table.add_row(*event)
    return table


def shifts_table(title: str, shifts: pd.DataFrame) -> Table:
    """Lay out the feature that lies farthest from the usual at each month start."""
    table = Table(title=title, title_justify="left")
    for heading in ("month start", "farthest feature", "spreads from the usual", "shift"):
        table.add_column(heading)
    known = shifts.dropna(subset=["distance"])
    for at, rows in known.groupby("snapshot_at", sort=True):
        farthest = rows.loc[rows["distance"].abs().idxmax()]
        told = f"{farthest['distance']:+.1f}"
        named = ", ".join(rows.loc[rows["is_shift"], "feature_name"])
        table.add_row(f"{at:%Y-%m-%d}", str(farthest["feature_name"]), told, named)
    return table


def _known(value: float, form: str) -> str:
    return "" if np.isnan(value) else format(value, form)
