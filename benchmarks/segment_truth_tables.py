"""Segments beside the truth, as tables for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.table import Table

from tessera.segmentation.measures import interval

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


class Finding(NamedTuple):
    """What a rule names, and how much of it is right; figures with both ends of their interval."""

    name: str
    named: int
    right: int
    precision: tuple[float, float, float]
    recall: tuple[float, float, float]
    recall_above_cell: tuple[float, float, float]


def agreement_table(seed: int, customers: int, agreements: Mapping[str, Floats]) -> Table:
    """Lay out the agreement with the personas, and by how much tessera's is higher."""
    table = Table(
        title=f"Agreement with the personas, seed {seed}, {customers:,} people",
        caption="Adjusted mutual information, 95 % intervals over people; equal numbers of groups.",
    )
    for heading in ("segmentation", "agreement", "tessera's is higher by"):
        table.add_column(heading)
    for name, draws in agreements.items():
        apart = agreements["tessera"] - draws
        more = "" if name == "tessera" else _told((apart[0], *interval(apart[1:])))
        table.add_row(name, _told((draws[0], *interval(draws[1:]))), more)
    return table


def findings_table(title: str, findings: Iterable[Finding]) -> Table:
    """Lay out what rules find of those at risk but recoverable."""
    table = Table(
        title=title,
        caption="95 % intervals over people. A rule names as many as the cell above it.",
    )
    for heading in ("who names", "named", "right", "precision", "recall", "more than the cell"):
        table.add_column(heading, justify="left" if heading == "who names" else "right")
    for each in findings:
        is_rule = each.name.startswith(" ")
        table.add_row(
            each.name,
            f"{each.named:,}",
            f"{each.right:,}",
            _told(each.precision),
            _told(each.recall),
            _told(each.recall_above_cell) if is_rule else "",
        )
    return table


def _told(figure: tuple[float, float, float]) -> str:
    value, low, high = figure
    return f"{value:.3f} ({low:.3f}, {high:.3f})"
