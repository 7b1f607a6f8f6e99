"""The segment contract: what was agreed, and whether this release keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tessera.report.answers import Query
from tessera.report.blocks import Cell, Column, Table
from tessera.report.numbers import anything, day
from tessera.report.segments import segments_of
from tessera.report.sentences import plural, spoken

if TYPE_CHECKING:
    from tessera.report.answers import Answers, Row
    from tessera.report.segments import Segments

QUERIES = (
    Query(
        "contract",
        "segment_contracts",
        "select segment_id, clause, value, bound, is_kept, severity, owner, valid_from, valid_to,\n"
        "    reason\n"
        "from marts.segment_contracts\n"
        "order by is_kept, severity, clause, segment_id nulls first\n"
        "limit 400",
    ),
)


COLUMNS = (
    Column("Segment"),
    Column("Clause"),
    Column("Found", is_number=True),
    Column("Agreed", is_number=True),
    Column("Kept"),
    Column("Why", is_long=True),
    Column("Owner"),
    Column("Valid"),
)

KEPT = {True: "yes", False: "no", None: "not known yet"}


def tables(answers: Answers) -> list[Table]:
    """Return the clauses, the broken ones first."""
    contract, segments = answers["contract"], segments_of(answers)
    if not contract.rows:
        return []
    broken = [row for row in contract.rows if row["is_kept"] is False]
    number = plural(len(contract.rows), "clause")
    title = f"Segment contract: none of {number} is broken"
    if broken:
        title = f"Segment contract: {len(broken)} of {number} not kept"
    return [
        Table(
            title=title,
            columns=COLUMNS,
            rows=tuple(_clause(row, segments) for row in contract.rows),
            source=contract,
            is_folded=not broken,
        )
    ]


def _clause(row: Row, segments: Segments) -> tuple[str | Cell, ...]:
    tone = "bad" if row["severity"] == "critical" else "warn"
    return (
        segments.name(row["segment_id"]) if row["segment_id"] else "all",
        spoken(row["clause"]),
        anything(row["value"]),
        anything(row["bound"]),
        Cell(KEPT[row["is_kept"]], tone=tone if row["is_kept"] is False else ""),
        row["reason"] or "",
        row["owner"] or anything(None),
        _validity(row),
    )


def _validity(row: Row) -> str:
    if row["valid_from"] is None and row["valid_to"] is None:
        return "always"
    if row["valid_to"] is None:
        return f"since {day(row['valid_from'])}"
    return f"{day(row['valid_from'])} to {day(row['valid_to'])}"
