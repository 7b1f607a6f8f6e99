"""What a segment brings and costs, to the contribution that is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tessera.report.answers import Answer, Query
from tessera.report.blocks import Block, Cell, Column, Table
from tessera.report.numbers import share, short
from tessera.report.sentences import listed, plural

if TYPE_CHECKING:
    from tessera.report.answers import Answers, Row
    from tessera.report.segments import Segments

QUERIES = (
    Query(
        "economics",
        "segment_economics",
        "select segment_id, segment_name, customers, orders, revenue, discounts, returns,\n"
        "    shipping, cost_of_goods, margin, cost_to_serve, contribution\n"
        "from marts.segment_economics\n"
        "order by contribution desc nulls last, segment_id nulls last\n"
        "limit 40",
    ),
)

LINES = {
    "revenue": "Revenue",
    "discounts": "Discounts given",
    "returns": "Returned",
    "shipping": "Shipping paid by customers",
    "cost_of_goods": "Cost of goods",
    "margin": "Margin",
    "cost_to_serve": "Cost to serve",
    "contribution": "Contribution",
}


def blocks(row: Row, answers: Answers, _segments: Segments) -> list[Block]:
    """Return the account of one segment."""
    account = answers["economics"].of(segment_id=row["segment_id"])
    if not account.rows:
        return []
    figures = account.rows[0]
    return [
        Table(
            title=_words(figures),
            columns=(
                Column("365 days"),
                Column("Amount", is_number=True),
                Column("Per customer", is_number=True),
                Column("Of revenue", is_number=True),
            ),
            rows=tuple(_line(figures, column, name) for column, name in told(account).items()),
            source=account,
            note=f"{plural(figures['orders'], 'order')}. {untold_words(account)}",
        )
    ]


def told(account: Answer) -> dict[str, str]:
    """Return the lines that have a figure anywhere."""
    return {
        column: name
        for column, name in LINES.items()
        if any(row[column] is not None for row in account.rows)
    }


def untold_words(account: Answer) -> str:
    """Say which lines no feed tells."""
    known = told(account)
    names = [name.lower() for column, name in LINES.items() if column not in known]
    return f"The feeds do not tell: {listed(names)}." if names else ""


def _words(figures: Row) -> str:
    contribution = figures["contribution"]
    if contribution is None:
        return "What they bring; the feeds tell too few costs for a contribution"
    if contribution < 0:
        return f"They cost {short(-contribution)} more than they bring"
    return f"{short(contribution)} are left after all that is counted"


def _line(figures: Row, column: str, name: str) -> tuple[str | Cell, ...]:
    amount, customers, revenue = figures[column], figures["customers"], figures["revenue"]
    tone = "bad" if column == "contribution" and (amount or 0) < 0 else ""
    return (
        name,
        Cell(short(amount), tone=tone),
        short(amount / customers if amount is not None and customers else None),
        share(amount / revenue if amount is not None and revenue else None),
    )
