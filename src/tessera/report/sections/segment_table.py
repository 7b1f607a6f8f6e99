"""Segments side by side: size, value, churn and trend."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tessera.report.answers import Query
from tessera.report.blocks import Block, Cell, Column, Figure, Grid, Section, Table, missing_of
from tessera.report.charts.lines import trend
from tessera.report.numbers import count, distance, share, short
from tessera.report.sections import segment_hierarchy, segment_money
from tessera.report.segments import segments_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tessera.report.answers import Answers, Row
    from tessera.report.segments import Segments

QUERIES = (
    Query(
        "trend",
        "customer_segment_history",
        "select snapshot_at, segment_id, count(*) as customers,\n"
        "    count(*) / sum(count(*)) over (partition by snapshot_at) as share\n"
        "from marts.customer_segment_history\n"
        "where snapshot_at in (\n"
        "    select distinct snapshot_at from marts.customer_segment_history\n"
        "    order by snapshot_at desc limit 24\n"
        ")\n"
        "group by snapshot_at, segment_id\n"
        "order by snapshot_at, segment_id",
    ),
    Query(
        "turnover",
        "segment_profiles",
        "select segment_id, monthly_change, holdout_customers, macro_segment_name\n"
        "from marts.segment_profiles\n"
        "order by segment_id\n"
        "limit 40",
    ),
    *segment_hierarchy.QUERIES,
)

COLUMNS = (
    Column("Segment"),
    Column("Customers", has_bars=True),
    Column("Revenue, 365 days", has_bars=True),
    Column("Per customer", is_number=True),
    Column("Leaving, 30 days", has_bars=True),
    Column("Left it last month", is_number=True),
)


def section(answers: Answers) -> Section:
    """Return the table of segments and how their sizes have developed."""
    segments = segments_of(answers)
    blocks: list[Block] = [*missing_of(answers["segments"])]
    if segments.rows:
        blocks.append(_table(answers, segments))
    blocks += segment_hierarchy.figures(answers, segments)
    pictures = _trends(answers, segments)
    if pictures:
        blocks.append(Grid(tuple(pictures), size="small"))
    blocks += segment_money.tables(answers, segments)
    absent = ("turnover", "trend", "hierarchy", "economics")
    blocks += missing_of(*(answers[name] for name in absent))
    return Section("segments", "Segments", "Segments side by side", _lead(segments), tuple(blocks))


def _lead(segments: Segments) -> str:
    rows = [row for row in segments.rows if row["customers"] and row["revenue"] is not None]
    if not rows:
        return "What each segment is worth."
    best = max(rows, key=lambda row: row["revenue"] / row["customers"])
    least = min(rows, key=lambda row: row["revenue"] / row["customers"])
    if best is least:
        return f"A customer of {best['segment_name']} brought {_per_customer(best)} in 365 days."
    return (
        f"In 365 days a customer of {best['segment_name']} brought {_per_customer(best)}, "
        f"one of {least['segment_name']} {_per_customer(least)}."
    )


def _per_customer(row: Row) -> str:
    return short((row["revenue"] or 0) / row["customers"]) if row["customers"] else short(None)


def _table(answers: Answers, segments: Segments) -> Table:
    turnover = {row["segment_id"]: row["monthly_change"] for row in answers.rows("turnover")}
    is_told = any(value is not None for value in turnover.values())
    most = {
        column: max([row[column] or 0 for row in segments.rows]) or 1
        for column in ("customers", "revenue", "churn_rate")
    }
    rows = [
        (*_line(row, most, segments), share(turnover.get(row["segment_id"])))
        for row in segments.rows
    ]
    return Table(
        title="One row per segment, the most revenue first",
        columns=COLUMNS if is_told else COLUMNS[:-1],
        rows=tuple(row if is_told else row[:-1] for row in rows),
        source=answers["segments"],
        note="Leaving: mean probability of churn_30d among those who are still active.",
    )


def _line(row: Row, most: Mapping[str, float], segments: Segments) -> tuple[str | Cell, ...]:
    name = Cell(
        row["segment_name"] or row["segment_id"],
        colour=segments.colour(row["segment_id"]),
        has_dot=True,
        anchor=f"#segment-{row['segment_id']}",
    )
    return (
        name,
        _bar(row, "customers", most["customers"], count(row["customers"]), segments),
        _bar(row, "revenue", most["revenue"], short(row["revenue"]), segments),
        _per_customer(row),
        _bar(row, "churn_rate", most["churn_rate"], share(row["churn_rate"]), segments),
    )


def _bar(row: Row, column: str, most: float, text: str, segments: Segments) -> Cell:
    return Cell(text, share=(row[column] or 0) / most, colour=segments.colour(row["segment_id"]))


def _trends(answers: Answers, segments: Segments) -> list[Figure]:
    trends = answers["trend"]
    if len(trends.distinct("snapshot_at")) < 2:  # noqa: PLR2004 - one point is no line
        return []
    top = max(row["share"] for row in trends.rows) * 1.1
    return [
        Figure(
            id=f"trend-{segment_id}",
            title=_trend_words(name, trends.of(segment_id=segment_id).rows),
            note="Share of all customers; the scale is the same in all.",
            spec=trend(
                _dated(trends.of(segment_id=segment_id).rows), segments.colours[segment_id], top
            ),
            source=trends.of(segment_id=segment_id),
        )
        for segment_id, name in segments.names.items()
        if trends.of(segment_id=segment_id).rows
    ]


def _dated(rows: tuple[Row, ...]) -> list[Row]:
    return [
        {
            "at": row["snapshot_at"].strftime("%Y-%m-%d"),
            "share": round(row["share"], 5),
            "customers": row["customers"],
        }
        for row in rows
    ]


def _trend_words(name: str, rows: tuple[Row, ...]) -> str:
    first, last = rows[0], rows[-1]
    change = last["share"] - first["share"]
    if len(rows) == 1:
        return f"{name}: new"
    since = f"since {first['snapshot_at']:%B %Y}"
    if abs(change) < 0.005:  # noqa: PLR2004 - half a point is what the picture can show
        return f"{name}: unchanged {since}"
    return f"{name}: {'up' if change > 0 else 'down'} {distance(change, 0)} {since}"
