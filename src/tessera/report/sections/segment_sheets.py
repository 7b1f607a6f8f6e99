"""A page per segment: who they are, what sets them apart, what they bring, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tessera.report.blocks import Block, Section, Sheet, Sheets, missing_of
from tessera.report.numbers import count, share
from tessera.report.sections.segment_parts import PARTS
from tessera.report.segments import segments_of

if TYPE_CHECKING:
    from tessera.report.answers import Answers, Query, Row
    from tessera.report.segments import Segments

QUERIES: tuple[Query, ...] = tuple(query for part in PARTS for query in part.QUERIES)


def section(answers: Answers) -> Section:
    """Return one sheet per segment."""
    segments = segments_of(answers)
    absent = missing_of(answers["segments"], *(answers[query.name] for query in QUERIES))
    sheets = tuple(_sheet(row, answers, segments) for row in segments.rows)
    blocks: tuple[Block, ...] = (Sheets("Segments", sheets),) if sheets else ()
    return Section(
        "segment-pages",
        "Who they are",
        "Segment by segment",
        "Who they are, what sets them apart from everybody, what they bring, and what to do.",
        (*blocks, *absent),
    )


def _sheet(row: Row, answers: Answers, segments: Segments) -> Sheet:
    name = row["segment_name"] or row["segment_id"]
    blocks = [block for part in PARTS for block in part.blocks(row, answers, segments)]
    size = f"{count(row['customers'])} customers, {share(row['share'])} of all."
    return Sheet(
        id=f"segment-{row['segment_id']}",
        label=name,
        title=name,
        lead=f"{row['description'] or 'The playbook has no description of this segment.'} {size}",
        blocks=tuple(blocks),
        colour=segments.colour(row["segment_id"]),
    )
