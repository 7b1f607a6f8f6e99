"""What sets a segment apart: ten features against the population."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tessera.report.answers import Query
from tessera.report.blocks import Block, Cell, Column, Table
from tessera.report.numbers import anything, share
from tessera.report.sentences import meaning

if TYPE_CHECKING:
    from tessera.report.answers import Answers, Row
    from tessera.report.segments import Segments

QUERIES = (
    Query(
        "drivers",
        "segment_drivers",
        "select drivers.segment_id, drivers.rank, drivers.feature_name, drivers.description,\n"
        "    catalog.description as meaning, drivers.direction, drivers.segment_value,\n"
        "    drivers.population_value, drivers.importance, drivers.stability\n"
        "from marts.segment_drivers as drivers\n"
        "left join marts.feature_catalog as catalog\n"
        "    on drivers.feature_name = catalog.feature_name\n"
        "where drivers.rank <= 10\n"
        "order by drivers.segment_id, drivers.rank\n"
        "limit 400",
    ),
)


def blocks(row: Row, answers: Answers, segments: Segments) -> list[Block]:
    """Return the drivers of one segment as a table with bars to either side."""
    drivers = answers["drivers"].of(segment_id=row["segment_id"])
    if not drivers.rows:
        return []
    colour = segments.colour(row["segment_id"])
    return [
        Table(
            title=_words(drivers.rows),
            columns=(
                Column("What sets them apart"),
                Column("Less · than everybody · more", has_bars=True),
                Column("They", is_number=True),
                Column("Everybody", is_number=True),
                Column("Weight", is_number=True),
                Column("Stable", is_number=True),
            ),
            rows=tuple(_driver(driver, colour) for driver in drivers.rows),
            source=drivers,
            note="Bars: the difference to everybody, of both values together. Weight: importance "
            "in a model that tells the segment from the rest. Stable: how often it came out "
            "among the ten.",
        )
    ]


def leaning(value: float | None, population: float | None) -> float:
    """Return how far a value lies from the population's, -1 to 1: their difference by their sum.

    Examples
    --------
    >>> leaning(3, 1), leaning(0, 5), leaning(2, 2), leaning(None, 1)
    (0.5, -1.0, 0.0, 0.0)
    """
    if value is None or population is None or not abs(value) + abs(population):
        return 0.0
    return (value - population) / (abs(value) + abs(population))


def _words(drivers: tuple[Row, ...]) -> str:
    first = drivers[0]
    return f"Most of all: {first['description'] or meaning(None, first['feature_name'])}"


def _driver(driver: Row, colour: str) -> tuple[str | Cell, ...]:
    lean = leaning(driver["segment_value"], driver["population_value"])
    return (
        meaning(driver["meaning"], driver["feature_name"]),
        Cell(driver["direction"] or "", share=lean, colour=colour, is_leaning=True),
        anything(driver["segment_value"]),
        anything(driver["population_value"]),
        share(driver["importance"]),
        share(driver["stability"]),
    )
