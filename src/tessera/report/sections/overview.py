"""At a glance: how many, how much, and who brings it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tessera.report.answers import Query
from tessera.report.blocks import Block, Fact, Facts, Figure, Section, missing_of
from tessera.report.charts.bars import composition
from tessera.report.numbers import count, day, share, short
from tessera.report.segments import segments_of
from tessera.report.sentences import numeral, opened, plural

if TYPE_CHECKING:
    from tessera.report.answers import Answers, Row
    from tessera.report.segments import Segments

QUERIES = (
    Query(
        "release",
        "gate_results",
        "select run_id, as_of, scored_at, count(*) as expectations,\n"
        "    count(*) filter (where not has_passed and severity = 'critical') as failures,\n"
        "    count(*) filter (where not has_passed and severity = 'warning') as warnings\n"
        "from marts.gate_results\n"
        "group by run_id, as_of, scored_at",
    ),
    Query(
        "segments",
        "segment_profiles",
        "select segment_id, segment_name, customers, share, description, strategy, kpi,\n"
        "    predicate_sql, predicate_fidelity, revenue, predicted_value, churn_rate,\n"
        "    cost_to_serve\n"
        "from marts.segment_profiles\n"
        "order by revenue desc nulls last, segment_id\n"
        "limit 40",
    ),
    Query(
        "membership",
        "customer_segments",
        "select count(*) as customers,\n"
        "    avg(is_between_segments::int) as between_share,\n"
        "    avg(is_holdout::int) as holdout_share\n"
        "from marts.customer_segments",
    ),
    Query(
        "propensity_totals",
        "customer_propensities",
        "select target, count(*) as customers, avg(probability) as expected\n"
        "from marts.customer_propensities\n"
        "group by target\n"
        "order by target",
    ),
)

EVEN = 0.15
"""Shares of customers and of revenue that differ by less than this are about the same."""


def title(answers: Answers) -> str:
    """Return the headline of the page."""
    segments = answers.rows("segments")
    customers = answers["segments"].total("customers")
    if not segments:
        return "No customers yet"
    return f"{plural(customers, 'customer')} in {numeral(len(segments))} " + (
        "segment" if len(segments) == 1 else "segments"
    )


def subtitle(answers: Answers) -> str:
    """Return from which day the page looks."""
    release = answers.first("release")
    return f"As of {day(release.get('as_of'))}" if release else "Of a release without gates"


def stamp(answers: Answers) -> str:
    """Return which release the page is made of."""
    release = answers.first("release")
    built = f", built {day(release['scored_at'])}" if release else ""
    return f"Release {release.get('run_id') or answers.files.get('current', 'unknown')}{built}"


def section(answers: Answers) -> Section:
    """Return the headline figures, and who brings the revenue."""
    segments = segments_of(answers)
    blocks: list[Block] = [Facts(tuple(_facts(answers))), *missing_of(answers["segments"])]
    if segments.rows:
        blocks.append(
            Figure(
                id="composition",
                title=concentration(segments),
                note="Each bar is a whole; its parts are the segments, the most revenue first.",
                spec=composition(_parts(segments)),
                source=answers["segments"],
                legend=tuple(
                    (segments.names[row["segment_id"]], segments.colour(row["segment_id"]))
                    for row in segments.rows
                ),
            )
        )
    return Section("overview", "At a glance", "At a glance", _lead(segments), tuple(blocks))


def concentration(segments: Segments) -> str:
    """Say how much more than their share the best customers bring, if they do."""
    customers = sum(row["customers"] for row in segments.rows)
    revenue = sum(row["revenue"] or 0 for row in segments.rows)
    if not revenue:
        return "No segment has brought revenue in the last 365 days"
    best = segments.rows[0]
    of_customers = best["customers"] / customers
    of_revenue = (best["revenue"] or 0) / revenue
    said = f"{best['segment_name']} are {share(of_customers)} of customers and bring "
    if abs(of_revenue / of_customers - 1) < EVEN:
        return f"{said}about as much of the revenue: {share(of_revenue)}"
    return f"{said}{share(of_revenue)} of the revenue"


def _lead(segments: Segments) -> str:
    leaving = [row for row in segments.rows if row["churn_rate"] is not None]
    if not leaving:
        return "How many customers there are, and what they bring."
    most = max(leaving, key=lambda row: row["churn_rate"])
    least = min(leaving, key=lambda row: row["churn_rate"])
    said = (
        f"{most['segment_name']} are expected to lose {share(most['churn_rate'])} of their active "
        "customers in the next 30 days"
    )
    if most is least:
        return f"{said}."
    return f"{said}, {least['segment_name']} {share(least['churn_rate'])}."


def _facts(answers: Answers) -> list[Fact]:
    membership = answers.first("membership")
    facts = [
        Fact("Customers", count(answers["segments"].total("customers")), "known on that day"),
        Fact("Revenue", short(answers["segments"].total("revenue")), "of the 365 days before"),
    ]
    facts += [
        Fact(
            spoken_target(row["target"]),
            share(row["expected"]),
            f"expected, of {count(row['customers'])} asked",
        )
        for row in answers.rows("propensity_totals")[:2]
    ]
    if membership.get("between_share") is not None:
        facts.append(
            Fact(
                "Between segments", share(membership["between_share"]), "could be in either of two"
            )
        )
    return [*facts, *_gates_fact(answers.first("release"))]


def _gates_fact(release: Row) -> list[Fact]:
    if not release:
        return []
    if release["failures"]:
        return [Fact("Checks", f"{release['failures']} failed", "see Quality", "bad")]
    warnings = plural(release["warnings"], "warning") if release["warnings"] else "all passed"
    tone = "" if release["warnings"] else "good"
    return [Fact("Checks", count(release["expectations"]), warnings, tone)]


def spoken_target(target: str) -> str:
    """Write the name of a target as people say it.

    Examples
    --------
    >>> spoken_target("churn_30d"), spoken_target("big_spender")
    ('Churn, 30 days', 'Big spender')
    """
    what, _, days = target.rpartition("_")
    if days.endswith("d") and days[:-1].isdigit():
        return f"{opened(what.replace('_', ' '))}, {days[:-1]} days"
    return opened(target.replace("_", " "))


def _parts(segments: Segments) -> list[Row]:
    return [
        {
            "whole": whole,
            "part": row["segment_name"],
            "share": (row[column] or 0) / total,
            "label": share((row[column] or 0) / total),
            "text": written(row[column]),
            "colour": segments.colour(row["segment_id"]),
        }
        for whole, column, written in (
            ("Customers", "customers", count),
            ("Revenue", "revenue", short),
        )
        if (total := sum(row[column] or 0 for row in segments.rows))
        for row in segments.rows
    ]
