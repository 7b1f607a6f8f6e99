"""A typical and an atypical member, without anything that could tell who they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tessera.report.answers import Query
from tessera.report.blocks import Block, Column, Table
from tessera.report.numbers import anything
from tessera.report.sentences import meaning

if TYPE_CHECKING:
    from tessera.report.answers import Answers, Row
    from tessera.report.segments import Segments

QUERIES = (
    Query(
        "members",
        "segment_members",
        "select members.segment_id, members.kind, members.feature_name, catalog.description,\n"
        "    members.value, members.segment_median, members.population_median\n"
        "from marts.segment_members as members\n"
        "left join marts.feature_catalog as catalog\n"
        "    on members.feature_name = catalog.feature_name\n"
        "order by members.segment_id, members.feature_name, members.kind desc\n"
        "limit 1000",
    ),
)


def blocks(row: Row, answers: Answers, _segments: Segments) -> list[Block]:
    """Return both members side by side, one feature per row."""
    members = answers["members"].of(segment_id=row["segment_id"])
    if not members.rows:
        return []
    by_feature: dict[str, dict[str, Row]] = {}
    for member in members.rows:
        by_feature.setdefault(member["feature_name"], {})[member["kind"]] = member
    return [
        Table(
            title="A typical and an atypical member",
            columns=(
                Column("Feature"),
                Column("Typical", is_number=True),
                Column("Atypical", is_number=True),
                Column("Half of them below", is_number=True),
                Column("Half of all below", is_number=True),
            ),
            rows=tuple(_feature(kinds) for kinds in [*by_feature.values()][:12]),
            source=members,
            note="Rounded values of real customers; the page has no ids of customers.",
        )
    ]


def _feature(kinds: dict[str, Row]) -> tuple[str, ...]:
    one = next(iter(kinds.values()))
    return (
        meaning(one["description"], one["feature_name"]),
        *(
            anything(kinds[kind]["value"] if kind in kinds else None)
            for kind in ("typical", "atypical")
        ),
        anything(one["segment_median"]),
        anything(one["population_median"]),
    )
