"""What all segments bring and cost, in one table that adds up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tessera.report.blocks import Cell, Column, Table
from tessera.report.numbers import short
from tessera.report.sections.segment_parts.economics import told, untold_words

if TYPE_CHECKING:
    from tessera.report.answers import Answer, Answers, Row
    from tessera.report.segments import Segments


def tables(answers: Answers, segments: Segments) -> list[Table]:
    """Return the account of every segment, and their sums."""
    economics = answers["economics"]
    if not economics.rows:
        return []
    return [
        Table(
            title=_words(economics, segments),
            columns=(
                Column("365 days"),
                *(Column(name, is_number=True) for name in told(economics).values()),
            ),
            rows=(*(_line(row, economics, segments) for row in economics.rows), _sums(economics)),
            source=economics,
            note=untold_words(economics),
        )
    ]


def _words(economics: Answer, segments: Segments) -> str:
    told = [r for r in economics.rows if r["segment_id"] and r["contribution"] is not None]
    if not told:
        return "What each segment brings; the feeds tell too few costs for contributions"
    losing = [row for row in told if row["contribution"] < 0]
    best = max(told, key=lambda row: row["contribution"])
    name = segments.name(best["segment_id"], best["segment_name"])
    said = f"{name} leave most after all costs: {short(best['contribution'])}"
    if not losing:
        return said
    worst = min(losing, key=lambda row: row["contribution"])
    name = segments.name(worst["segment_id"], worst["segment_name"])
    return f"{said}; {name} cost {short(-worst['contribution'])} more than they bring"


def _line(row: Row, economics: Answer, segments: Segments) -> tuple[str | Cell, ...]:
    name = segments.name(row["segment_id"], row["segment_name"]) if row["segment_id"] else None
    return (
        Cell(name or "Of nobody known", colour=segments.colour(row["segment_id"]), has_dot=True),
        *(
            Cell(short(row[column]), tone="bad" if (row[column] or 0) < 0 else "")
            for column in told(economics)
        ),
    )


def _sums(economics: Answer) -> tuple[str, ...]:
    return ("All", *(short(economics.total(column)) for column in told(economics)))
