"""Lines: what becomes of something over time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from tessera.report.charts.theme import ACCENT, INK, MUTED, data, specification

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tessera.report.answers import Row


LEAST_GAP = 0.08
"""Between two names at the ends of lines, of the height of the picture."""


def trend(rows: Sequence[Row], colour: str, top: float) -> dict[str, Any]:
    """Draw a share over time as a small picture: one of several that have the same height.

    Parameters
    ----------
    rows
        ``at`` (ISO date), ``share``, ``customers``.
    colour
        Of the area.
    top
        Where the axis ends, the same in all pictures.
    """
    base = alt.Chart(data(rows)).encode(
        x=alt.X("at:T", title=None, axis=alt.Axis(format="%b %y", grid=False, tickCount=3)),
        y=alt.Y("share:Q", title=None, scale=alt.Scale(domain=[0, top], nice=False)).axis(
            format=".0%", tickCount=3
        ),
        tooltip=[
            alt.Tooltip("at:T", format="%d %b %Y", title="as of"),
            alt.Tooltip("share:Q", format=".1%"),
            alt.Tooltip("customers:Q", format=",d"),
        ],
    )
    area = base.mark_area(color=colour, opacity=0.25)
    line = base.mark_line(
        color=colour, strokeWidth=2.5, point={"filled": True, "size": 28, "color": colour}
    )
    return specification(alt.layer(area, line), 120)


def monthly_change(rows: Sequence[Row], bound: float) -> dict[str, Any]:
    """Draw the share of customers who moved, month by month, beside a bound.

    Parameters
    ----------
    rows
        ``at`` (ISO date), ``share``, ``customers``.
    bound
        Drawn as a dashed line.
    """
    bars = (
        alt.Chart(data(rows))
        .mark_bar(color=ACCENT, width={"band": 0.6})
        .encode(
            x=alt.X("at:O", title=None, sort=None).axis(labelAngle=0, labelOverlap=True),
            y=alt.Y("share:Q", title="moved to another segment").axis(format=".0%", tickCount=4),
            tooltip=[
                alt.Tooltip("at:O", title="as of"),
                alt.Tooltip("share:Q", format=".1%", title="moved"),
                alt.Tooltip("customers:Q", format=",d", title="of customers"),
            ],
        )
    )
    rule = (
        alt.Chart(data([{"bound": bound}]))
        .mark_rule(color=INK, strokeDash=[4, 3], strokeWidth=1.5)
        .encode(y="bound:Q")
    )
    return specification(alt.layer(bars, rule), 220)


def scores_by_number(rows: Sequence[Row]) -> dict[str, Any]:
    """Draw the scores of candidates over their number of segments, one line per algorithm.

    Parameters
    ----------
    rows
        ``algorithm``, ``segments``, ``score``, ``eligible`` (yes or no), ``chosen``.
    """
    chosen = next((row["algorithm"] for row in rows if row["chosen"]), "")
    colour = alt.condition(
        alt.datum.algorithm == chosen, alt.value(ACCENT), alt.value("var(--neutral)")
    )
    base = alt.Chart(data(rows)).encode(
        x=alt.X("segments:Q", title="segments").axis(tickMinStep=1, grid=False, format="d"),
        y=alt.Y("score:Q", title="score", scale=alt.Scale(zero=False, padding=12)).axis(
            tickCount=4
        ),
        detail="algorithm:N",
        tooltip=["algorithm:N", "segments:Q", alt.Tooltip("score:Q", format=".3f"), "eligible:N"],
    )
    line = base.mark_line(strokeWidth=2, opacity=0.6).encode(color=colour)
    points = base.mark_point(filled=True, opacity=1).encode(
        color=colour, size=alt.condition(alt.datum.chosen, alt.value(260), alt.value(60))
    )
    unfit = base.mark_point(
        filled=True, size=18, opacity=1, color="var(--surface)"
    ).transform_filter(alt.datum.eligible == "no")
    names = (
        alt.Chart(data(_ends(rows)))
        .mark_text(align="left", dx=10, color=MUTED)
        .encode(x="segments:Q", y="score:Q", text="algorithm:N")
    )
    return specification(alt.layer(line, points, unfit, names), 260)


def _ends(rows: Sequence[Row]) -> list[Row]:
    """Return where each line's name stands: at its end, and clear of the names below."""
    scores = [row["score"] for row in rows]
    gap = (max(scores) - min(scores)) * LEAST_GAP if scores else 0
    ends: dict[str, Row] = {}
    for row in sorted(rows, key=lambda row: row["segments"]):
        ends[row["algorithm"]] = row
    placed: list[Row] = []
    for end in sorted(ends.values(), key=lambda row: row["score"]):
        below = placed[-1]["score"] + gap if placed else end["score"]
        placed.append({**end, "score": max(end["score"], below)})
    return placed
