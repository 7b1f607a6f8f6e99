"""Tables of one target: reasons, risk bands, how early alerts come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tessera.report.answers import Query
from tessera.report.blocks import Block, Cell, Column, Grid, Table
from tessera.report.numbers import count, share
from tessera.report.sentences import meaning, plural, spoken

if TYPE_CHECKING:
    from tessera.report.answers import Answer, Answers, Row
    from tessera.report.segments import Segments

QUERIES = (
    Query(
        "reasons",
        "customer_propensities",
        "select target, reason_1_feature as feature_name, count(*) as customers,\n"
        "    avg(reason_1_contribution) as contribution\n"
        "from marts.customer_propensities\n"
        "where reason_1_feature is not null\n"
        "group by target, reason_1_feature\n"
        "qualify row_number() over (\n"
        "    partition by target order by customers desc, feature_name\n"
        ") <= 8\n"
        "order by target, customers desc, feature_name\n"
        "limit 100",
    ),
    Query(
        "bands",
        "customer_propensities",
        "select target, coalesce(risk_band, 'not shown') as band, count(*) as customers,\n"
        "    avg(probability) as expected\n"
        "from marts.customer_propensities\n"
        "group by target, band\n"
        "order by target, expected desc\n"
        "limit 100",
    ),
    Query(
        "lead_times",
        "lead_times",
        "select target, stated_precision, realised_precision, share_alerted,\n"
        "    share_alerted_before, lead_days_median, customers_stopped\n"
        "from marts.lead_times\n"
        "order by target, stated_precision\n"
        "limit 40",
    ),
)


def blocks(target: str, answers: Answers, _segments: Segments) -> list[Block]:
    """Return the tables of one target."""
    tables = [
        *_reasons(answers["reasons"].of(target=target), answers),
        *_bands(answers["bands"].of(target=target)),
        *_leads(answers["lead_times"].of(target=target)),
    ]
    return [Grid(tuple(tables))] if tables else []


def _reasons(reasons: Answer, answers: Answers) -> list[Table]:
    if not reasons.rows:
        return []
    words = {row["feature_name"]: row["description"] for row in answers.rows("catalogue")}
    most = reasons.rows[0]["customers"]
    return [
        Table(
            title="The first reason, and for how many customers it is",
            columns=(Column("Reason"), Column("Customers", has_bars=True)),
            rows=tuple(
                (
                    meaning(words.get(row["feature_name"]), row["feature_name"]),
                    Cell(count(row["customers"]), row["customers"] / most, "var(--accent)"),
                )
                for row in reasons.rows
            ),
            source=reasons,
        )
    ]


def _bands(bands: Answer) -> list[Table]:
    if not bands.rows:
        return []
    return [
        Table(
            title="Customers by risk band",
            columns=(
                Column("Band"),
                Column("Customers", is_number=True),
                Column("Expected", is_number=True),
            ),
            rows=tuple(
                (spoken(row["band"]), count(row["customers"]), share(row["expected"]))
                for row in bands.rows
            ),
            source=bands,
            note="A band whose promise was not kept at past dates is not shown.",
        )
    ]


LEADS = {
    "realised_precision": ("Alerts that did come true", share),
    "share_alerted": ("Warned of, at all", share),
    "share_alerted_before": ("Warned of before the last purchase", share),
    "lead_days_median": ("Days before the last purchase, median", count),
}


def _leads(leads: Answer) -> list[Table]:
    if not leads.rows:
        return []
    precisions = [f"{share(row['stated_precision'])} shall be right" for row in leads.rows]
    return [
        Table(
            title=_lead_words(leads.rows),
            columns=(
                Column("Alerts of which"),
                *(Column(name, is_number=True) for name in precisions),
            ),
            rows=tuple(
                (name, *(written(row[column]) for row in leads.rows))
                for column, (name, written) in LEADS.items()
            ),
            source=leads,
            note=f"Of {plural(leads.rows[0]['customers_stopped'], 'customer')} who stopped buying. "
            "Days below 0 are after the last purchase.",
        )
    ]


def _lead_words(rows: tuple[Row, ...]) -> str:
    days = rows[0]["lead_days_median"]
    if days is None:
        return "No alert was sure enough to be raised"
    when = "before" if days >= 0 else "after"
    return f"Alerts come {plural(abs(round(days)), 'day')} {when} the last purchase"
