"""Checks that came out otherwise than in the release before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tessera.report.answers import Query
from tessera.report.blocks import Cell, Column, Table
from tessera.report.sentences import plural

if TYPE_CHECKING:
    from tessera.report.answers import Answer

QUERIES = (
    Query(
        "checks_changed",
        "gate_results",
        "select coalesce(now.expectation_id, earlier.expectation_id) as expectation_id,\n"
        "    coalesce(now.description, earlier.description) as description,\n"
        "    earlier.has_passed as held_before, now.has_passed as holds_now,\n"
        "    earlier.observed_value as found_before, now.observed_value as found_now\n"
        "from marts.gate_results as now\n"
        "full outer join previous.marts.gate_results as earlier\n"
        "    on now.expectation_id = earlier.expectation_id\n"
        "where now.has_passed is distinct from earlier.has_passed\n"
        "order by holds_now nulls last, expectation_id\n"
        "limit 50",
    ),
)


def tables(changed: Answer) -> list[Table]:
    """Return them as one table; it says so when there are none."""
    if changed.missing:
        return []
    said = {True: "held", False: "did not hold", None: "not checked"}
    rows = tuple(
        (
            row["description"] or row["expectation_id"],
            said[row["held_before"]],
            Cell(said[row["holds_now"]], tone="" if row["holds_now"] is not False else "bad"),
            row["found_now"] or "",
        )
        for row in changed.rows
    )
    title = (
        f"{plural(len(rows), 'check')} came out otherwise"
        if rows
        else "Every check came out as before"
    )
    columns = (Column("What should hold"), Column("Before"), Column("Now"), Column("Found"))
    return [Table(title, columns, rows, changed)]
