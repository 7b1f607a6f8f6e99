"""Who they are: figures, what to do, and the rule that nearly gives the segment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tessera.report.blocks import Advice, Block, Code, Fact, Facts
from tessera.report.numbers import count, share, short

if TYPE_CHECKING:
    from tessera.report.answers import Answers, Query, Row
    from tessera.report.segments import Segments

QUERIES: tuple[Query, ...] = ()


def blocks(row: Row, _answers: Answers, segments: Segments) -> list[Block]:
    """Return figures, advice and predicate of one segment."""
    found: list[Block] = [Facts(tuple(_facts(row, segments)))]
    advice = tuple(
        (label, row[column])
        for label, column in (("What to do", "strategy"), ("What to watch", "kpi"))
        if row[column]
    )
    if advice:
        found.append(Advice(advice))
    if row["predicate_sql"]:
        found.append(
            Code("As a rule on customer_features", row["predicate_sql"], _fidelity_words(row))
        )
    return found


def _facts(row: Row, segments: Segments) -> list[Fact]:
    revenue = sum(other["revenue"] or 0 for other in segments.rows)
    of_revenue = (row["revenue"] or 0) / revenue if revenue else None
    customers = row["customers"]
    return [
        Fact("Customers", count(customers), f"{share(row['share'])} of all"),
        Fact("Revenue", short(row["revenue"]), f"{share(of_revenue)} of all, 365 days"),
        Fact(
            "Per customer",
            short((row["revenue"] or 0) / customers if customers else None),
            "365 days",
        ),
        Fact("Leaving", share(row["churn_rate"]), "of the active, in 30 days"),
        Fact("Predicted value", short(row["predicted_value"]), _value_note(row)),
    ]


def _value_note(row: Row) -> str:
    return "no model of value yet" if row["predicted_value"] is None else "expected"


def _fidelity_words(row: Row) -> str:
    fidelity = row["predicate_fidelity"]
    if fidelity is None:
        return "How nearly it gives the segment was not measured."
    return (
        f"It nearly gives the segment: F1 {fidelity:.2f} on customers that it was not fitted on "
        "(1 would be the segment itself)."
    )
