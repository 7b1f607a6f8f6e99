"""Migrations: who moves between segments from month to month, and what became of the segments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tessera.report.answers import Query
from tessera.report.blocks import Block, Cell, Column, Figure, Grid, Section, Table, missing_of
from tessera.report.charts.alluvial import alluvial
from tessera.report.charts.lines import monthly_change
from tessera.report.numbers import count, day, share
from tessera.report.sections.steps import STEPS
from tessera.report.segments import segments_of
from tessera.report.sentences import plural, spoken

if TYPE_CHECKING:
    from tessera.report.answers import Answer, Answers, Row
    from tessera.report.segments import Segments

QUERIES = (
    Query(
        "migrations",
        "segment_migrations",
        f"{STEPS}"  # noqa: S608 - a constant
        "select snapshot_at, from_segment_id, from_segment_name, to_segment_id, to_segment_name,\n"
        "    customers, share\n"
        "from marts.segment_migrations\n"
        "where snapshot_at in (select snapshot_at from steps order by snapshot_at desc limit 5)\n"
        "order by snapshot_at, from_segment_id nulls first, to_segment_id nulls first\n"
        "limit 2000",
    ),
    Query(
        "monthly_moves",
        "segment_migrations",
        f"{STEPS}"  # noqa: S608 - a constant
        "select snapshot_at, sum(customers) as customers,\n"
        "    sum(customers) filter (where from_segment_id <> to_segment_id)\n"
        "        / nullif(sum(customers), 0) as share\n"
        "from marts.segment_migrations\n"
        "where from_segment_id is not null and to_segment_id is not null\n"
        "    and snapshot_at in (select snapshot_at from steps)\n"
        "group by snapshot_at\n"
        "order by snapshot_at desc\n"
        "limit 24",
    ),
    Query(
        "lineage",
        "segment_lineage",
        "select reigns_from, event, from_segment_id, from_segment_name, to_segment_id,\n"
        "    to_segment_name, customers, share\n"
        "from marts.segment_lineage\n"
        "order by reigns_from desc, event, from_segment_id nulls first, to_segment_id nulls first\n"
        "limit 60",
    ),
)

SNAPSHOTS = 5
"""As many snapshots as the picture has columns; fewer begin with whatever was before."""

AIM = 0.08
"""At most this share should move in a month; more is drawn as what it is."""

NEW, GONE = "newly known", "no longer known"


def section(answers: Answers) -> Section:
    """Return flows between segments, how many move, and the history of the segments."""
    segments = segments_of(answers)
    migrations, moves = answers["migrations"], answers["monthly_moves"]
    blocks: list[Block] = [*missing_of(migrations, answers["lineage"])]
    blocks += _picture(migrations, segments)
    pair: list[Block] = [*_moves(moves), *_largest(migrations, segments)]
    if pair:
        blocks.append(Grid(tuple(pair)))
    blocks += _lineage(answers["lineage"])
    lead = _lead(migrations, moves)
    return Section("migrations", "Migrations", "Who moves where", lead, tuple(blocks))


def flows_of(rows: tuple[Row, ...], segments: Segments) -> list[Row]:
    """Return migrations as flows between names."""
    return [
        {
            "source": _end(row, "from", segments) or NEW,
            "target": _end(row, "to", segments) or GONE,
            "customers": row["customers"],
        }
        for row in rows
    ]


def _end(row: Row, end: str, segments: Segments) -> str:
    segment_id = row[f"{end}_segment_id"]
    return segments.name(segment_id, row[f"{end}_segment_name"]) if segment_id else ""


def _lead(migrations: Answer, moves: Answer) -> str:
    if not migrations.rows:
        return "Segments are followed from snapshot to snapshot."
    months = [row for row in moves.rows if row["share"] is not None]
    if not months:
        return "There is one snapshot so far: nobody could move yet."
    mean = sum(row["share"] for row in months) / len(months)
    most = max(months, key=lambda row: row["share"])
    return (
        f"On average {share(mean)} of customers move to another segment from one snapshot to the "
        f"next; most did before {day(most['snapshot_at'])}: {share(most['share'])}."
    )


def _picture(migrations: Answer, segments: Segments) -> list[Figure]:
    dates = migrations.distinct("snapshot_at")
    if not dates:
        return []
    shown = dates[1:] if len(dates) == SNAPSHOTS else dates
    begins = _date(dates[0]) if len(dates) == SNAPSHOTS else "before"
    steps = [
        (begins, _date(at), flows_of(migrations.of(snapshot_at=at).rows, segments)) for at in shown
    ]
    found = [flow[end] for _, _, flows in steps for flow in flows for end in ("source", "target")]
    order = list(dict.fromkeys([*segments.order, *sorted(set(found))]))
    colours = {segments.names[key]: colour for key, colour in segments.colours.items()}
    known = {name: colours.get(name, "var(--neutral)") for name in order}
    return [
        Figure(
            id="migrations",
            title=_flow_words(steps[-1][2], dates[-1]),
            note="Each column is a snapshot, each band a group of customers on its way to the "
            "next: pale bands stay, strong ones move, in the colour of where they come from. "
            "Steps of less than two weeks are left out.",
            spec=alluvial(steps, order, known),
            source=migrations,
            is_wide=True,
        )
    ]


def _date(at: object) -> str:
    return f"{at:%d %b %Y}".lstrip("0")


def _flow_words(flows: list[Row], at: object) -> str:
    moves = [f for f in flows if f["source"] != f["target"] and f["source"] != NEW]
    if not moves:
        return f"Nobody moved before {_date(at)}"
    most = max(moves, key=lambda flow: flow["customers"])
    return (
        f"The largest move before {_date(at)}: {plural(most['customers'], 'customer')} "
        f"from {most['source']} to {most['target']}"
    )


def _moves(moves: Answer) -> list[Figure]:
    rows = [row for row in reversed(moves.rows) if row["share"] is not None]
    if not rows:
        return []
    within = sum(row["share"] <= AIM for row in rows)
    shown = [
        {"at": f"{row['snapshot_at']:%b %y}", "share": row["share"], "customers": row["customers"]}
        for row in rows
    ]
    return [
        Figure(
            id="monthly-change",
            title=f"In {within} of {plural(len(rows), 'month')} at most {AIM:.0%} moved",
            note="Share of the customers known at both snapshots; the dashed line is the aim.",
            spec=monthly_change(shown, AIM),
            source=moves,
        )
    ]


def _largest(migrations: Answer, segments: Segments) -> list[Table]:
    dates = migrations.distinct("snapshot_at")
    if not dates:
        return []
    flows = flows_of(migrations.of(snapshot_at=dates[-1]).rows, segments)
    moves = sorted(
        (flow for flow in flows if flow["source"] != flow["target"]),
        key=lambda flow: (-flow["customers"], flow["source"], flow["target"]),
    )[:7]
    if not moves:
        return []
    most = moves[0]["customers"]
    return [
        Table(
            title=f"The largest moves before {_date(dates[-1])}",
            columns=(Column("From"), Column("To"), Column("Customers", has_bars=True)),
            rows=tuple(
                (move["source"], move["target"], _bar(move["customers"], most)) for move in moves
            ),
            source=migrations.of(snapshot_at=dates[-1]),
        )
    ]


def _bar(customers: int, most: int) -> Cell:
    return Cell(count(customers), customers / most, "var(--accent)")


def _lineage(lineage: Answer) -> list[Table]:
    if not lineage.rows:
        return []
    reigns = lineage.distinct("reigns_from")
    later = [row for row in lineage.rows if row["reigns_from"] != reigns[-1]]
    changes = tuple(row for row in later if row["event"] != "kept")
    title = f"{plural(len(lineage.rows), 'segment')} began with the first model, {day(reigns[-1])}"
    if later:
        title = f"Every segment was kept through {plural(len(reigns), 'model')}"
    if changes:
        kept = plural(len(later) - len(changes), "segment")
        title = f"In {plural(len(reigns), 'model')}: {kept} kept, {len(changes)} changed"
    return [
        Table(
            title=title,
            columns=(
                *(Column(name) for name in ("Since", "What happened", "From", "To")),
                Column("Customers", is_number=True),
                Column("Share", is_number=True),
            ),
            rows=tuple(_event(row) for row in changes or lineage.rows),
            source=lineage,
            is_folded=not changes,
        )
    ]


def _event(row: Row) -> tuple[str, ...]:
    return (
        day(row["reigns_from"]),
        spoken(row["event"]),
        row["from_segment_name"] or row["from_segment_id"] or "",
        row["to_segment_name"] or row["to_segment_id"] or "",
        count(row["customers"]),
        share(row["share"]),
    )
