"""Checks that came out otherwise than in the release before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tessera.report.answers import Query
from tessera.report.blocks import Cell, Column, Table
from tessera.report.sentences import plural

if TYPE_CHECKING:
    from tessera.report.answers import Answer, Row

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
        "limit 500",
    ),
)


def tables(changed: Answer) -> list[Table]:
    """Return them as one table; it says so when there are none."""
    if changed.missing:
        return []
    told = [
        row
        for row in changed.rows
        if row["holds_now"] is False or None not in (row["held_before"], row["holds_now"])
    ]
    title = f"{plural(len(told), 'check')} came out otherwise"
    return [
        Table(
            title=title if told else "Every check came out as before",
            columns=(Column("What should hold"), *map(Column, ("Before", "Now", "Found"))),
            rows=tuple(_check(row) for row in told),
            source=changed,
            note=_comings_and_goings(changed),
        )
    ]


def _check(row: Row) -> tuple[str | Cell, ...]:
    said = {True: "held", False: "did not hold", None: "not checked"}
    now = Cell(said[row["holds_now"]], tone="" if row["holds_now"] is not False else "bad")
    words = row["description"] or row["expectation_id"]
    return (words, said[row["held_before"]], now, row["found_now"] or "")


def _comings_and_goings(changed: Answer) -> str:
    new = sum(row["held_before"] is None for row in changed.rows)
    gone = sum(row["holds_now"] is None for row in changed.rows)
    if not new and not gone:
        return ""
    return f"{plural(new, 'check is', 'checks are')} new, {gone} no longer made."
