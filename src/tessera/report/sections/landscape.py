"""The map: where the segments lie to each other, in two dimensions."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from tessera.report.answers import Query
from tessera.report.blocks import Block, Figure, Section, missing_of
from tessera.report.charts.points import landscape
from tessera.report.segments import segments_of
from tessera.report.sentences import plural

if TYPE_CHECKING:
    from tessera.report.answers import Answers, Row
    from tessera.report.segments import Segments

QUERIES = (
    Query(
        "map",
        "segment_map",
        "select segment_id, round(x, 3) as x, round(y, 3) as y, x_axis, y_axis\n"
        "from marts.segment_map\n"
        "where x is not null and y is not null\n"
        "order by md5(customer_id)\n"
        "limit 2000",
    ),
)


def section(answers: Answers) -> Section:
    """Return the map of segments."""
    points, segments = answers["map"], segments_of(answers)
    blocks: list[Block] = [*missing_of(points)]
    if points.rows:
        middles = middles_of(points.rows, segments)
        first = points.rows[0]
        blocks.append(
            Figure(
                id="map",
                title=nearest_words(middles),
                note=f"{plural(len(points.rows), 'customer')}, each a point in the colour of its "
                "segment; names stand at the middles. Near points are alike. "
                f"Across: {first['x_axis']}. Up: {first['y_axis']}.",
                spec=landscape(
                    [_point(row, segments) for row in points.rows],
                    middles,
                    (first["x_axis"], first["y_axis"]),
                ),
                source=points,
            )
        )
    lead = "All features that make the segments, flattened onto two axes."
    return Section("map", "Map", "A map of the segments", lead, tuple(blocks))


def middles_of(rows: tuple[Row, ...], segments: Segments) -> list[Row]:
    """Return the median point of each segment."""
    ids = dict.fromkeys(row["segment_id"] for row in rows)
    return [
        {
            "segment": segments.name(segment_id),
            "x": round(median(row["x"] for row in rows if row["segment_id"] == segment_id), 3),
            "y": round(median(row["y"] for row in rows if row["segment_id"] == segment_id), 3),
        }
        for segment_id in sorted(ids)
    ]


def nearest_words(middles: list[Row]) -> str:
    """Say which two segments lie nearest to each other, and which farthest apart."""
    pairs = [
        ((one["x"] - other["x"]) ** 2 + (one["y"] - other["y"]) ** 2, one, other)
        for place, one in enumerate(middles)
        for other in middles[place + 1 :]
    ]
    if not pairs:
        return "All customers shown are of one segment"
    _, near, neighbour = min(pairs, key=lambda pair: pair[0])
    said = f"{near['segment']} and {neighbour['segment']} lie nearest to each other"
    if len(pairs) == 1:
        return f"{near['segment']} and {neighbour['segment']} on one map"
    _, far, other = max(pairs, key=lambda pair: pair[0])
    return f"{said}, {far['segment']} and {other['segment']} farthest apart"


def _point(row: Row, segments: Segments) -> Row:
    return {"x": row["x"], "y": row["y"], "colour": segments.colour(row["segment_id"])}
