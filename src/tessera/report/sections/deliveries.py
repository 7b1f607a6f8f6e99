"""Deliveries: how much each feed brought, and whether it lost rows on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tessera.report.answers import Query
from tessera.report.blocks import Cell, Column, Table
from tessera.report.numbers import count
from tessera.report.sentences import opened, spoken

if TYPE_CHECKING:
    from tessera.report.answers import Answers, Row

QUERIES = (
    Query(
        "volumes",
        "gate_results",
        "select relation, max(try_cast(observed_value as bigint)) as rows,\n"
        "    bool_and(has_passed) as has_passed\n"
        "from marts.gate_results\n"
        "where expectation = 'expect_table_row_count_to_be_between' and gate = 'gate_core'\n"
        "group by relation\n"
        "order by rows desc nulls last, relation\n"
        "limit 60",
    ),
    Query(
        "losses",
        "gate_results",
        "select expectation_id, description, observed_value, has_passed, unexpected_count\n"
        "from marts.gate_results\n"
        "where relation = 'feed_accounting'\n"
        "order by has_passed, expectation_id\n"
        "limit 60",
    ),
)


def tables(answers: Answers) -> list[Table]:
    """Return what was found out about rows set aside, and how many rows there are of what."""
    losses, volumes = answers["losses"], answers["volumes"]
    found = []
    if losses.rows:
        broken = [row for row in losses.rows if not row["has_passed"]]
        title = "Feeds lost more rows than they may" if broken else "No feed lost many rows"
        found.append(
            Table(
                title=title,
                columns=(Column("What should hold"), Column("Feeds that break it")),
                rows=tuple(_loss(row) for row in losses.rows),
                source=losses,
                note="Rows that cannot be read are set aside with file, row and reason in "
                "staging.rejected_rows of the build file, which is not published.",
            )
        )
    if volumes.rows:
        found.append(
            Table(
                title=f"{opened(spoken(volumes.rows[0]['relation']))} have the most rows",
                columns=(Column("Table"), Column("Rows", is_number=True)),
                rows=tuple((spoken(row["relation"]), _rows(row)) for row in volumes.rows),
                source=volumes,
            )
        )
    return found


def _loss(row: Row) -> tuple[str | Cell, ...]:
    words = row["description"] or spoken(row["expectation_id"])
    if row["has_passed"]:
        return (words, "none")
    return (words, Cell(count(row["unexpected_count"]), tone="warn"))


def _rows(row: Row) -> Cell:
    return Cell(count(row["rows"]), tone="" if row["has_passed"] else "bad")
