"""Pictures of one target: probabilities, calibration, deciles, segments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tessera.report.answers import Query
from tessera.report.blocks import Block, Figure, Grid
from tessera.report.charts.bars import histogram, promised_and_realised
from tessera.report.charts.points import promised_by_segment, reliability
from tessera.report.numbers import decimal, distance, share
from tessera.report.sentences import plural

if TYPE_CHECKING:
    from tessera.report.answers import Answer, Answers, Row
    from tessera.report.segments import Segments

QUERIES = (
    Query(
        "probabilities",
        "customer_propensities",
        "select target, least(floor(probability * 20), 19) / 20 as low, count(*) as customers\n"
        "from marts.customer_propensities\n"
        "group by target, low\n"
        "order by target, low\n"
        "limit 240",
    ),
    Query(
        "deciles",
        "segment_deciles",
        "select target, decile, sum(evaluated_rows) as evaluated,\n"
        "    sum(promised_rate * evaluated_rows) / sum(evaluated_rows) as promised,\n"
        "    sum(realised_rate * evaluated_rows) / sum(evaluated_rows) as realised\n"
        "from marts.segment_deciles\n"
        "where not is_small and evaluated_rows > 0\n"
        "group by target, decile\n"
        "order by target, decile\n"
        "limit 120",
    ),
    Query(
        "segment_promises",
        "segment_calibrations",
        "select target, segment_id, segment_name, customers, promised_rate, realised_rate,\n"
        "    gap, gap_low, gap_high, is_small\n"
        "from marts.segment_calibrations\n"
        "order by target, segment_id\n"
        "limit 400",
    ),
)


def blocks(target: str, answers: Answers, segments: Segments) -> list[Block]:
    """Return the pictures of one target."""
    pictures = [
        *_histogram(answers["probabilities"].of(target=target), target),
        *_reliability(answers["deciles"].of(target=target), target),
        *_deciles(answers["deciles"].of(target=target), target),
        *_by_segment(answers["segment_promises"].of(target=target), target, segments),
    ]
    return [Grid(tuple(pictures))] if pictures else []


def _histogram(probabilities: Answer, target: str) -> list[Figure]:
    rows = [{**row, "high": row["low"] + 0.05} for row in probabilities.rows]
    if not rows:
        return []
    total = probabilities.total("customers")
    even = sum(row["customers"] for row in rows if row["low"] >= 0.5)  # noqa: PLR2004 - more likely than not
    return [
        Figure(
            id=f"probabilities-{target}",
            title=f"For {share(even / total)} it is more likely than not",
            note="Customers by probability.",
            spec=histogram(rows, "var(--accent)", "probability"),
            source=probabilities,
        )
    ]


def _reliability(deciles: Answer, target: str) -> list[Figure]:
    rows = list(deciles.rows)
    if not rows:
        return []
    worst = max(rows, key=lambda row: abs(row["promised"] - row["realised"]))
    return [
        Figure(
            id=f"reliability-{target}",
            title=f"Promises were at most {distance(worst['promised'], worst['realised'])} off",
            note="Tenths of customers at past dates: what was promised of them, and for how many "
            "it came true. On the dashed line both are the same. Groups of fewer than 50 "
            "customers are left out.",
            spec=reliability(rows, "var(--accent)"),
            source=deciles,
        )
    ]


def _deciles(deciles: Answer, target: str) -> list[Figure]:
    evaluated = deciles.total("evaluated")
    if not evaluated:
        return []
    average = sum(row["realised"] * row["evaluated"] for row in deciles.rows) / evaluated
    rows = [{**row, "average": average} for row in deciles.rows]
    return [
        Figure(
            id=f"deciles-{target}",
            title=_lift_words(rows[0], average),
            note="For how many of each tenth it came true at past dates (bars), what was promised "
            "(ticks), and the average of all (dashed).",
            spec=promised_and_realised(rows, "var(--accent)"),
            source=deciles,
        )
    ]


def _lift_words(first: Row, average: float) -> str:
    if not average:
        return "It came true for nobody"
    lift = first["realised"] / average
    tenth = "The likeliest tenth" if first["decile"] == 1 else f"Tenth {first['decile']}"
    return f"{tenth}: {decimal(lift, 1)} times the average, {share(first['realised'])}"


def _by_segment(promises: Answer, target: str, segments: Segments) -> list[Figure]:
    rows = [row for row in promises.rows if row["promised_rate"] is not None]
    if not rows:
        return []
    off = [row for row in rows if row["gap_low"] > 0 or row["gap_high"] < 0]
    return [
        Figure(
            id=f"by-segment-{target}",
            title=_segment_words(off, len(rows), segments),
            note="Promised at past dates (tick) and come true (point, with the 95 % interval of "
            "the difference), by segment.",
            spec=promised_by_segment([_promise(row, segments) for row in rows]),
            source=promises,
        )
    ]


def _segment_words(off: list[Row], number: int, segments: Segments) -> str:
    if not off:
        return f"No promise was provably wrong in any of {plural(number, 'segment')}"
    worst = max(off, key=lambda row: abs(row["gap"]))
    name = segments.name(worst["segment_id"], worst["segment_name"])
    more = "more" if worst["gap"] > 0 else "fewer"
    return f"{name}: {distance(worst['gap'], 0)} {more} than promised"


def _promise(row: Row, segments: Segments) -> Row:
    return {
        "label": segments.name(row["segment_id"], row["segment_name"]),
        "promised": row["promised_rate"],
        "realised": row["realised_rate"],
        "low": row["promised_rate"] + row["gap_low"],
        "high": row["promised_rate"] + row["gap_high"],
        "colour": segments.colour(row["segment_id"]),
    }
