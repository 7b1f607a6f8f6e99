"""What a portrait is compared with: real shops, measured, and figures that were published.

``measured_shops.csv`` is written by `tessera portrait DATA --as-reference SHOP`, and a test
measures it again; nobody types into it. ``published_figures.csv`` is kept by hand: each row says
what a source states, in which year and where, and the rows of one figure stand together. A figure
that a source gives as a point has ``low = high``; a source without a date has no year.
"""

from __future__ import annotations

import csv
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER = Path(__file__).parent
MEASURED_SHOPS = FOLDER / "measured_shops.csv"
PUBLISHED_FIGURES = FOLDER / "published_figures.csv"

SIGNIFICANT_DIGITS = 6
"""Kept of a measured figure: more than anybody reads, fewer than two ways of adding differ in."""


class Shop(StrEnum):
    """The real shops, as `tessera fetch` calls them."""

    COMPLETE_JOURNEY = "complete-journey"
    CDNOW = "cdnow"

    @property
    def display_name(self) -> str:
        """What people call it."""
        return {"complete-journey": "Complete Journey", "cdnow": "CDNOW"}[self.value]


class Published(NamedTuple):
    """A range that one source states for one figure."""

    figure: str
    low: float
    high: float
    source: str
    year: int | None
    url: str
    says: str


def load_measured(path: Path = MEASURED_SHOPS) -> dict[str, dict[str, float]]:
    """Load what was measured on real shops: shop to figure to value."""
    found: dict[str, dict[str, float]] = {shop.value: {} for shop in Shop}
    for row in _rows(path):
        found[row["shop"]][row["figure"]] = float(row["value"])
    return found


def load_published(path: Path = PUBLISHED_FIGURES) -> list[Published]:
    """Load what sources state, in the order of the file."""
    return [
        Published(
            row["figure"],
            float(row["low"]),
            float(row["high"]),
            row["source"],
            int(row["year"]) if row["year"] else None,
            row["url"],
            row["says"],
        )
        for row in _rows(path)
    ]


def write_measured(shop: Shop, figures: Mapping[str, float], path: Path = MEASURED_SHOPS) -> None:
    """Put newly measured figures of one shop in the place of its old ones."""
    measured = {**load_measured(path), shop.value: dict(figures)}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("figure", "shop", "value"))
        for name, values in measured.items():
            writer.writerows((figure, name, rounded(value)) for figure, value in values.items())


def rounded(value: float) -> str:
    """Write a value with as many digits as are kept.

    >>> rounded(63.12191170514378), rounded(155848.0)
    ('63.1219', '155848')
    """
    return f"{value:.{SIGNIFICANT_DIGITS}g}"


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
