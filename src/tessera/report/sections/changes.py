"""What changed since the release before: sizes, churn, customers who moved, checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tessera.report.answers import Query
from tessera.report.blocks import (
    Block,
    Cell,
    Column,
    Fact,
    Facts,
    Figure,
    Section,
    Table,
    missing_of,
)
from tessera.report.charts.alluvial import alluvial
from tessera.report.numbers import count, day, points, share, short, signed
from tessera.report.sections import changed_checks
from tessera.report.segments import segments_of
from tessera.report.sentences import listed, plural

if TYPE_CHECKING:
    from tessera.report.answers import Answer, Answers, Row
    from tessera.report.segments import Segments

QUERIES = (
    Query(
        "previous_release",
        "gate_results",
        "select max(as_of) as as_of, max(scored_at) as scored_at,\n"
        "    count(*) filter (where not has_passed) as broken\n"
        "from previous.marts.gate_results",
    ),
    Query(
        "previous_segments",
        "segment_profiles",
        "select segment_id, segment_name, customers, share, revenue, churn_rate\n"
        "from previous.marts.segment_profiles\n"
        "order by segment_id\n"
        "limit 40",
    ),
    Query(
        "moved",
        "customer_segments",
        "select earlier.segment_id as from_segment_id, earlier.segment_name as from_segment_name,\n"
        "    now.segment_id as to_segment_id, now.segment_name as to_segment_name,\n"
        "    count(*) as customers\n"
        "from marts.customer_segments as now\n"
        "full outer join previous.marts.customer_segments as earlier\n"
        "    on now.customer_id = earlier.customer_id\n"
        "group by all\n"
        "order by customers desc, from_segment_id nulls first, to_segment_id nulls first\n"
        "limit 400",
    ),
    *changed_checks.QUERIES,
)

NEW, GONE = "newly known", "no longer known"


def section(answers: Answers) -> Section:
    """Return what is different from the release before."""
    blocks: list[Block] = [*missing_of(*(answers[query.name] for query in QUERIES))]
    moved = answers["moved"]
    segments = segments_of(answers)
    if moved.rows:
        blocks.append(Facts(tuple(_facts(answers))))
        blocks += _sizes(answers, segments)
        blocks += _flows(moved, segments)
    blocks += changed_checks.tables(answers["checks_changed"])
    return Section("changes", "What changed", "Since the last build", _lead(answers), tuple(blocks))


def stayed_and_moved(rows: tuple[Row, ...]) -> tuple[float, float]:
    """Return how many of the customers known at both releases stayed, and how many moved."""
    both = [row for row in rows if row["from_segment_id"] and row["to_segment_id"]]
    moved = sum(row["customers"] for row in both if row["from_segment_id"] != row["to_segment_id"])
    return sum(row["customers"] for row in both) - moved, moved


def _lead(answers: Answers) -> str:
    moved = answers.rows("moved")
    previous = answers.first("previous_release")
    if not moved or not previous:
        return "A release is compared with the one before it."
    stayed, changed = stayed_and_moved(moved)
    known = stayed + changed
    before = f"the release that looked from {day(previous['as_of'])}"
    if not known:
        return f"No customer of this release was in {before}: it is of other feeds."
    new = sum(row["customers"] for row in moved if not row["from_segment_id"])
    if not changed:
        said = f"all {count(known)} customers known at both stand where they stood"
    else:
        said = (
            f"{count(changed)} of {plural(known, 'customer')} known at both "
            f"({share(changed / known)}) stand in another segment"
        )
    news = plural(new, "customer is", "customers are") if new else "nobody is"
    return f"Since {before}, {said}; {news} new."


def _facts(answers: Answers) -> list[Fact]:
    moved = answers.rows("moved")
    stayed, changed = stayed_and_moved(moved)
    now, before = answers["segments"], answers["previous_segments"]
    new = sum(row["customers"] for row in moved if not row["from_segment_id"])
    gone = sum(row["customers"] for row in moved if not row["to_segment_id"])
    facts = [
        Fact("New customers", count(new), f"{count(gone)} no longer known"),
        Fact(
            "Moved",
            share(changed / (stayed + changed) if stayed + changed else None),
            "to another segment",
        ),
        _revenue(now.total("revenue"), before.total("revenue")),
    ]
    release, previous = answers.first("release"), answers.first("previous_release")
    if release and previous:
        broken = release["failures"] + release["warnings"]
        facts.append(Fact("Checks not held", count(broken), f"{count(previous['broken'])} before"))
    return facts


def _revenue(now: float, before: float) -> Fact:
    if now == before:
        return Fact("Revenue", short(now), "as before")
    return Fact("Revenue", short(abs(now - before)), "more" if now > before else "less")


def _sizes(answers: Answers, segments: Segments) -> list[Table]:
    before = {row["segment_id"]: row for row in answers.rows("previous_segments")}
    if not before:
        return []
    rows = [(row, before.pop(row["segment_id"], {})) for row in segments.rows]
    return [
        Table(
            title=_size_words(rows, [*before.values()]),
            columns=(
                Column("Segment"),
                Column("Customers", is_number=True),
                Column("Change", is_number=True),
                Column("Share", is_number=True),
                Column("Change", is_number=True),
                Column("Leaving, 30 days", is_number=True),
                Column("Change", is_number=True),
            ),
            rows=tuple(_size(row, earlier, segments) for row, earlier in rows),
            source=answers["previous_segments"],
        )
    ]


def _size(row: Row, earlier: Row, segments: Segments) -> tuple[str | Cell, ...]:
    named, was = row["segment_name"] or row["segment_id"], earlier.get("segment_name")
    name = Cell(
        f"{named} (was {was})" if was and was != named else named,
        colour=segments.colour(row["segment_id"]),
        has_dot=True,
        anchor=f"#segment-{row['segment_id']}",
    )
    return (
        name,
        count(row["customers"]),
        signed(row["customers"] - earlier["customers"]) if earlier else "new",
        share(row["share"]),
        points(_less(row["share"], earlier.get("share"))),
        share(row["churn_rate"]),
        points(_less(row["churn_rate"], earlier.get("churn_rate"))),
    )


def _less(now: float | None, before: float | None) -> float | None:
    return None if now is None or before is None else now - before


def _size_words(rows: list[tuple[Row, Row]], gone: list[Row]) -> str:
    changes = [(row["customers"] - old["customers"], row) for row, old in rows if old]
    if gone:
        names = listed(row["segment_name"] or row["segment_id"] for row in gone)
        return f"No longer there: {names}"
    if not any(change for change, _ in changes):
        return "Every segment has as many customers as before"
    change, row = max(changes, key=lambda pair: abs(pair[0]))
    grew = "grew" if change > 0 else "shrank"
    return f"{row['segment_name']} {grew} most: {signed(change)} customers"


def _flows(moved: Answer, segments: Segments) -> list[Figure]:
    stayed, changed = stayed_and_moved(moved.rows)
    if not changed:
        return []
    flows = [
        {
            "source": NEW if not row["from_segment_id"] else _name(row, "from", segments),
            "target": GONE if not row["to_segment_id"] else _name(row, "to", segments),
            "customers": row["customers"],
        }
        for row in moved.rows
    ]
    order = [*segments.order, *dict.fromkeys(f[end] for f in flows for end in ("source", "target"))]
    colours = {segments.names[key]: colour for key, colour in segments.colours.items()}
    order = list(dict.fromkeys(order))
    spec = alluvial(
        [("before", "now", flows)],
        order,
        {name: colours.get(name, "var(--neutral)") for name in order},
    )
    note = "Each band is a group of customers: pale ones stayed, strong ones moved."
    title = f"{share(stayed / (stayed + changed))} stayed where they were"
    return [Figure("moved", title, note, spec, moved)]


def _name(row: Row, end: str, segments: Segments) -> str:
    return segments.name(row[f"{end}_segment_id"], row[f"{end}_segment_name"])
