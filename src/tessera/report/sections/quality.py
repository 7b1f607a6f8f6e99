"""Gates and data quality: what was checked, what was found, and the evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tessera.report.answers import Answer, Query
from tessera.report.blocks import Block, Cell, Column, Grid, Section, Table, missing_of
from tessera.report.numbers import anything, count
from tessera.report.sections import contract, deliveries
from tessera.report.sentences import plural, spoken

if TYPE_CHECKING:
    from tessera.report.answers import Answers, Row

QUERIES = (
    Query(
        "gates",
        "gate_results",
        "select gate, relation, expectation_id, severity, has_passed, observed_value, expected,\n"
        "    unexpected_count, description\n"
        "from marts.gate_results\n"
        "order by has_passed, severity, gate, expectation_id\n"
        "limit 1000",
    ),
    Query(
        "gate_totals",
        "gate_results",
        "select gate, count(*) as expectations,\n"
        "    count(*) filter (where not has_passed and severity = 'critical') as failures,\n"
        "    count(*) filter (where not has_passed and severity = 'warning') as warnings\n"
        "from marts.gate_results\n"
        "group by gate\n"
        "order by gate",
    ),
    Query(
        "identity",
        "identity_report",
        "select section, measure, detail, value\n"
        "from marts.identity_report\n"
        "where measure not like '%by_month%'\n"
        "order by section, measure, detail nulls first\n"
        "limit 200",
    ),
    Query(
        "labels",
        "label_supply",
        "select target, answers, positives, negatives, snapshots, grade, reason\n"
        "from marts.label_supply\n"
        "order by target\n"
        "limit 100",
    ),
    *contract.QUERIES,
    *deliveries.QUERIES,
)


def section(answers: Answers) -> Section:
    """Return gates, what they found, labels and identity."""
    gates = answers["gates"]
    blocks: list[Block] = [*missing_of(gates)]
    if gates.rows:
        blocks += [_gates(answers["gate_totals"]), _findings(gates), _all_checks(gates)]
    blocks += contract.tables(answers)
    delivered = tuple(deliveries.tables(answers))
    if delivered:
        blocks.append(Grid(delivered))
    blocks += _labels(answers["labels"])
    blocks += _identity(answers["identity"])
    blocks += missing_of(answers["contract"], answers["labels"], answers["identity"])
    return Section("quality", "Quality", "Gates and data quality", _lead(gates), tuple(blocks))


def _lead(gates: Answer) -> str:
    if not gates.rows:
        return "Nothing was checked in this release."
    broken = [row for row in gates.rows if not row["has_passed"]]
    checked = plural(len(gates.rows), "expectation")
    if not broken:
        return f"{checked} were checked before this release was published; all held."
    failed = sum(row["severity"] == "critical" for row in broken)
    warned = len(broken) - failed
    said = f"{checked} were checked before this release was published"
    if failed:
        return f"{said}: {plural(failed, 'critical one')} failed, {plural(warned, 'warning')}."
    return f"{said}: no critical one failed, {plural(warned, 'warning')}."


def _gates(totals: Answer) -> Table:
    return Table(
        title="Gates between the stages, in this release",
        columns=(
            Column("Gate"),
            Column("Expectations", is_number=True),
            Column("Failed", is_number=True),
            Column("Warnings", is_number=True),
        ),
        rows=tuple(
            (
                spoken(row["gate"].removeprefix("gate_")),
                count(row["expectations"]),
                Cell(count(row["failures"]), tone="bad" if row["failures"] else ""),
                Cell(count(row["warnings"]), tone="warn" if row["warnings"] else ""),
            )
            for row in totals.rows
        ),
        source=totals,
    )


def _findings(gates: Answer) -> Table:
    broken = [row for row in gates.rows if not row["has_passed"]]
    return Table(
        title="What did not hold" if broken else "Everything that was checked held",
        columns=(
            Column("What should hold", is_long=True),
            Column("Found"),
            Column("Asked"),
            Column("Rows", is_number=True),
            Column("Severity"),
        ),
        rows=tuple(_finding(row) for row in broken[:50]),
    )


def _finding(row: Row) -> tuple[str | Cell, ...]:
    tone = "bad" if row["severity"] == "critical" else "warn"
    return (
        f"{row['description'] or spoken(row['expectation_id'])} ({row['expectation_id']})",
        row["observed_value"] or anything(None),
        row["expected"] or anything(None),
        count(row["unexpected_count"]),
        Cell(row["severity"], tone=tone),
    )


def _all_checks(gates: Answer) -> Table:
    return Table(
        title=f"All {plural(len(gates.rows), 'expectation')}",
        columns=(
            Column("Of"),
            Column("What should hold"),
            Column("Found"),
            Column("Held"),
        ),
        rows=tuple(
            (
                row["relation"] or "",
                row["description"] or spoken(row["expectation_id"]),
                row["observed_value"] or anything(None),
                Cell("yes" if row["has_passed"] else "no", tone="" if row["has_passed"] else "bad"),
            )
            for row in gates.rows
        ),
        source=gates,
        is_folded=True,
    )


def _labels(labels: Answer) -> list[Table]:
    if not labels.rows:
        return []
    learnt = [row for row in labels.rows if row["grade"] != "refuse"]
    numbers = ("answers", "positives", "negatives", "snapshots")
    return [
        Table(
            title=f"Enough past answers: {len(learnt)} of {plural(len(labels.rows), 'question')}",
            columns=(
                Column("Question"),
                *(Column(n, is_number=True) for n in ("Answers", "Yes", "No", "Snapshots")),
                Column("Enough?", is_long=True),
            ),
            rows=tuple(
                (
                    row["target"],
                    *(count(row[number]) for number in numbers),
                    Cell(row["reason"], tone="bad" if row["grade"] == "refuse" else ""),
                )
                for row in labels.rows
            ),
            source=labels,
        )
    ]


def _identity(identity: Answer) -> list[Table]:
    if not identity.rows:
        return []
    return [
        Table(
            title="Who is who: how identifiers were made customers",
            columns=(
                Column("About"),
                Column("Measure"),
                Column("Of"),
                Column("Figure", is_number=True),
            ),
            rows=tuple(
                (
                    spoken(row["section"]),
                    spoken(row["measure"]),
                    spoken(row["detail"] or ""),
                    anything(row["value"]),
                )
                for row in identity.rows
            ),
            source=identity,
            is_folded=True,
        )
    ]
