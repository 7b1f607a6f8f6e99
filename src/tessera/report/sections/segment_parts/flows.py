"""Who enters a segment and who leaves it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tessera.report.answers import Answer, Query
from tessera.report.blocks import Block, Figure, Grid
from tessera.report.charts.bars import bars
from tessera.report.numbers import count
from tessera.report.sections.steps import STEPS
from tessera.report.sentences import plural

if TYPE_CHECKING:
    from tessera.report.answers import Answers, Row
    from tessera.report.segments import Segments

QUERIES = (
    Query(
        "newest_migrations",
        "segment_migrations",
        f"{STEPS}"  # noqa: S608 - a constant
        "select snapshot_at, from_segment_id, from_segment_name, to_segment_id, to_segment_name,\n"
        "    customers\n"
        "from marts.segment_migrations\n"
        "where snapshot_at = (select max(snapshot_at) from steps)\n"
        "order by customers desc, from_segment_id nulls first, to_segment_id nulls first\n"
        "limit 400",
    ),
)


def blocks(row: Row, answers: Answers, segments: Segments) -> list[Block]:
    """Return where members of the last month came from, and where others went."""
    newest, segment_id = answers["newest_migrations"], row["segment_id"]
    if not newest.rows:
        return []
    came = [r for r in newest.rows if r["to_segment_id"] == segment_id != r["from_segment_id"]]
    went = [r for r in newest.rows if r["from_segment_id"] == segment_id != r["to_segment_id"]]
    figures = [
        *_figure(f"came-{segment_id}", "came", "from", came, newest, segments),
        *_figure(f"went-{segment_id}", "left", "to", went, newest, segments),
    ]
    return [Grid(tuple(figures))] if figures else []


def _figure(
    figure_id: str, verb: str, end: str, rows: list[Row], answer: Answer, segments: Segments
) -> list[Figure]:
    if not rows:
        return []
    customers = sum(row["customers"] for row in rows)
    shown = [
        {
            "label": segments.name(row[f"{end}_segment_id"], row[f"{end}_segment_name"])
            if row[f"{end}_segment_id"]
            else ("newly known" if end == "from" else "no longer known"),
            "value": row["customers"],
            "text": count(row["customers"]),
            "colour": segments.colour(row[f"{end}_segment_id"]),
        }
        for row in rows[:8]
    ]
    return [
        Figure(
            id=figure_id,
            title=f"{plural(customers, 'customer')} {verb} in the last month",
            note="Where they came from." if end == "from" else "Where they went.",
            spec=bars(shown),
            source=replace(answer, rows=tuple(rows)),
        )
    ]
