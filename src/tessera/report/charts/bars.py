"""Bars: lengths to compare."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from tessera.report.charts.theme import INK, MUTED, data, own_colour, specification

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tessera.report.answers import Row

ROW_HEIGHT = 30

LETTER = 8.5
"""Pixels that a letter takes: a part that is narrower than its label has none."""


def bars(rows: Sequence[Row]) -> dict[str, Any]:
    """Draw one horizontal bar per row, in the rows' order, with its figure at its end.

    Parameters
    ----------
    rows
        ``label``, ``value`` (0 or more), ``text`` (the figure as read), ``colour``.
    """
    longest = max((row["value"] for row in rows), default=0) or 1
    base = alt.Chart(data(rows)).encode(
        y=alt.Y("label:N", sort=None, title=None, axis=alt.Axis(labelColor=INK)),
        x=alt.X("value:Q", axis=None, scale=alt.Scale(domain=[0, longest * 1.18])),
        tooltip=[alt.Tooltip("label:N", title=" "), alt.Tooltip("text:N", title="figure")],
    )
    marks = base.mark_bar(height={"band": 0.62}).encode(color=own_colour())
    figures = base.mark_text(align="left", dx=6).encode(text="text:N")
    return specification(alt.layer(marks, figures), ROW_HEIGHT * max(len(rows), 1))


def composition(rows: Sequence[Row]) -> dict[str, Any]:
    """Draw how wholes divide: one bar per ``whole``, one part per row.

    Parameters
    ----------
    rows
        ``whole``, ``part``, ``share`` (of its whole), ``label``, ``text``, ``colour``.
    """
    wholes = list(dict.fromkeys(row["whole"] for row in rows))
    placed = _placed(rows)
    base = alt.Chart(data(placed)).encode(
        y=alt.Y("whole:N", sort=wholes, title=None, axis=alt.Axis(labelColor=INK)),
        x=alt.X("begins:Q", axis=None, scale=alt.Scale(domain=[0, 1], nice=False)),
    )
    marks = base.mark_bar(
        height={"band": 0.8}, cornerRadius=0, stroke="var(--surface)", strokeWidth=1.5
    ).encode(
        x2="ends:Q",
        color=own_colour(),
        tooltip=[alt.Tooltip("part:N", title=" "), alt.Tooltip("text:N", title="figure")],
    )
    figures = (
        base.mark_text(color="var(--on-segment)", fontWeight=600)
        .encode(x="middle:Q", text="label:N")
        .transform_filter("datum.share * width > datum.room")
    )
    return specification(alt.layer(marks, figures), 52 * len(wholes))


def histogram(rows: Sequence[Row], colour: str, title: str) -> dict[str, Any]:
    """Draw how many have which probability.

    Parameters
    ----------
    rows
        ``low``, ``high`` (a bin of probabilities), ``customers``.
    colour, title
        Of the bars; of the axis.
    """
    chart = (
        alt.Chart(data(rows))
        .mark_rect(color=colour, stroke="var(--surface)", strokeWidth=1)
        .encode(
            x=alt.X(
                "low:Q", title=title, axis=alt.Axis(format=".0%", tickCount=5, grid=False)
            ).scale(domain=[0, 1]),
            x2="high:Q",
            y=alt.Y("customers:Q", title="customers", axis=alt.Axis(tickCount=4, format=",d")),
            y2=alt.Y2Datum(0),
            tooltip=[
                alt.Tooltip("low:Q", format=".0%", title="from"),
                alt.Tooltip("high:Q", format=".0%", title="to"),
                alt.Tooltip("customers:Q", format=",d"),
            ],
        )
    )
    return specification(chart, 200)


def promised_and_realised(rows: Sequence[Row], colour: str) -> dict[str, Any]:
    """Draw what came of each tenth of customers as bars, with what was promised as a tick.

    Parameters
    ----------
    rows
        ``decile`` (1 the likeliest), ``promised``, ``realised`` (shares).
    colour
        Of the bars.
    """
    base = alt.Chart(data(rows)).encode(
        x=alt.X("decile:O", title="tenth of customers, likeliest first").axis(labelAngle=0),
        tooltip=[
            alt.Tooltip("decile:O"),
            alt.Tooltip("promised:Q", format=".1%"),
            alt.Tooltip("realised:Q", format=".1%"),
        ],
    )
    axis = alt.Axis(format=".0%", tickCount=4)
    realised = base.mark_bar(color=colour, width={"band": 0.7}).encode(
        y=alt.Y("realised:Q", title="share for whom it came true", axis=axis)
    )
    promised = base.mark_tick(color=INK, thickness=2.5, width={"band": 0.9}).encode(y="promised:Q")
    average = (
        alt.Chart(data(rows[:1]))
        .mark_rule(color=MUTED, strokeDash=[4, 3])
        .encode(y=alt.Y("average:Q"))
    )
    return specification(alt.layer(realised, average, promised), 220)


def _placed(rows: Sequence[Row]) -> list[Row]:
    ends: dict[str, float] = {}
    placed = []
    for row in rows:
        begins = ends.get(row["whole"], 0.0)
        ends[row["whole"]] = begins + row["share"]
        placed.append(
            {
                **row,
                "room": LETTER * len(row["label"]) + LETTER,
                "begins": begins,
                "ends": ends[row["whole"]],
                "middle": begins + row["share"] / 2,
            }
        )
    return placed
