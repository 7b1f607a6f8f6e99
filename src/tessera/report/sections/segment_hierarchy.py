"""The hierarchy: broad groups, the segments in them, and the groups within."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tessera.report.answers import Query
from tessera.report.blocks import Figure
from tessera.report.charts.bars import composition
from tessera.report.colours import NEUTRAL
from tessera.report.numbers import count, share
from tessera.report.sentences import opened, plural

if TYPE_CHECKING:
    from tessera.report.answers import Answers, Row
    from tessera.report.segments import Segments

QUERIES = (
    Query(
        "hierarchy",
        "segment_hierarchy",
        "select node_id, level, node_name, parent_id, customers, share\n"
        "from marts.segment_hierarchy\n"
        "order by level, parent_id nulls first, customers desc, node_id\n"
        "limit 200",
    ),
)

LEVELS = {"macro": "Macro", "segment": "Segments", "micro": "Micro"}


def figures(answers: Answers, segments: Segments) -> list[Figure]:
    """Return the hierarchy as one bar per level, children under their parents."""
    hierarchy = answers["hierarchy"]
    tops = hierarchy.of(parent_id=None).rows
    if not tops:
        return []
    rows = _below(tops, hierarchy.rows)
    return [
        Figure(
            id="hierarchy",
            title=_words(rows),
            note="Each bar holds all customers; parts stand under what they are part of.",
            spec=composition([_part(row, rows, segments) for row in rows]),
            source=hierarchy,
            is_wide=True,
        )
    ]


def _below(nodes: tuple[Row, ...], rows: tuple[Row, ...]) -> list[Row]:
    found: list[Row] = []
    for node in nodes:
        children = tuple(row for row in rows if row["parent_id"] == node["node_id"])
        found += [node, *_below(children, rows)]
    return found


def _words(rows: list[Row]) -> str:
    numbers = {level: sum(row["level"] == level for row in rows) for level in LEVELS}
    said = f"{plural(numbers['macro'], 'broad group')} of {plural(numbers['segment'], 'segment')}"
    if not numbers["micro"]:
        return opened(said)
    return f"{said}, which hold {plural(numbers['micro'], 'smaller group')}"


def _part(row: Row, rows: list[Row], segments: Segments) -> Row:
    name = row["node_name"] or row["node_id"]
    whole = sum(other["customers"] for other in rows if other["level"] == row["level"]) or 1
    return {
        "whole": LEVELS.get(row["level"], row["level"]),
        "part": name,
        "share": row["customers"] / whole,
        "label": name,
        "text": f"{count(row['customers'])}, {share(row['share'])} of all",
        "colour": _colour(row, rows, segments),
    }


def _colour(row: Row, rows: list[Row], segments: Segments) -> str:
    own = segments.colour(row["node_id"])
    if own != NEUTRAL or row["level"] == "macro":
        return own
    parent = next((other for other in rows if other["node_id"] == row["parent_id"]), None)
    return _colour(parent, rows, segments) if parent else NEUTRAL
