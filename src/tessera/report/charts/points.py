"""Points: a figure with its interval beside a rival, calibration, and the map of segments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from tessera.report.charts.theme import (
    ACCENT,
    INK,
    MUTED,
    data,
    own_colour,
    specification,
    written_over,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tessera.report.answers import Row


def compared(rows: Sequence[Row], title: str) -> dict[str, Any]:
    """Draw figures with their intervals, one below the other.

    Parameters
    ----------
    rows
        ``label``, ``value``, ``low``, ``high``, ``colour``.
    title
        Of the axis.
    """
    base = alt.Chart(data(rows)).encode(
        y=alt.Y("label:N", sort=None, title=None, axis=alt.Axis(labelColor=INK)),
        color=own_colour(),
        tooltip=[
            alt.Tooltip("label:N", title=" "),
            alt.Tooltip("value:Q", format=".3f"),
            alt.Tooltip("low:Q", format=".3f"),
            alt.Tooltip("high:Q", format=".3f"),
        ],
    )
    scale = alt.Scale(zero=False, nice=True, padding=12)
    axis = alt.Axis(tickCount=5, labelOverlap=True, labelFlush=False)
    whisker = base.mark_rule(strokeWidth=4, opacity=0.4).encode(
        x=alt.X("low:Q", scale=scale, title=title, axis=axis), x2="high:Q"
    )
    point = base.mark_point(size=110, filled=True, opacity=1).encode(x="value:Q")
    return specification(alt.layer(whisker, point), 38 * max(len(rows), 1))


def reliability(rows: Sequence[Row], colour: str) -> dict[str, Any]:
    """Draw what was promised against what came true; on the diagonal a promise is kept.

    Parameters
    ----------
    rows
        ``promised``, ``realised`` (shares), ``evaluated`` (how many scores).
    colour
        Of the points.
    """
    top = max([*(row["promised"] for row in rows), *(row["realised"] for row in rows), 0.1])
    domain = alt.Scale(domain=[0, min(1.0, top * 1.06)], nice=False)
    line = (
        alt.Chart(data([{"promised": 0, "realised": 0}, {"promised": 1, "realised": 1}]))
        .mark_line(color=MUTED, strokeDash=[4, 3], strokeWidth=1.5, clip=True)
        .encode(
            x=alt.X("promised:Q", scale=domain, title="promised").axis(format=".0%", tickCount=5),
            y=alt.Y("realised:Q", scale=domain, title="came true").axis(format=".0%", tickCount=5),
        )
    )
    points = (
        alt.Chart(data(rows))
        .mark_point(filled=True, size=90, opacity=0.95, color=colour)
        .encode(
            x="promised:Q",
            y="realised:Q",
            tooltip=[
                alt.Tooltip("promised:Q", format=".1%"),
                alt.Tooltip("realised:Q", format=".1%", title="came true"),
                alt.Tooltip("evaluated:Q", format=",d", title="scores"),
            ],
        )
    )
    return specification(alt.layer(line, points), 220)


def landscape(points: Sequence[Row], names: Sequence[Row], axes: tuple[str, str]) -> dict[str, Any]:
    """Draw customers as points, and the names of segments at their middles.

    Parameters
    ----------
    points
        ``x``, ``y``, ``segment``, ``colour``; no customer can be told from a point.
    names
        ``x``, ``y``, ``segment``, ``colour``: where each name stands.
    axes
        What lies along x and y.
    """
    x_axis, y_axis = (alt.Axis(labels=False, grid=False, title=title) for title in axes)
    scale = alt.Scale(zero=False, nice=False, padding=10)
    crowd = (
        alt.Chart(data(points))
        .mark_circle(size=22, opacity=0.55)
        .encode(
            x=alt.X("x:Q", axis=x_axis, scale=scale),
            y=alt.Y("y:Q", axis=y_axis, scale=scale),
            color=own_colour(),
        )
    )
    labels = alt.Chart(data(names)).encode(x="x:Q", y="y:Q", text="segment:N")
    named = written_over(labels, fontSize=13, fontWeight=700)
    return specification(alt.layer(crowd, *named), 460)


def backtest(rows: Sequence[Row]) -> dict[str, Any]:
    """Draw what was promised at past dates as a line, and what then happened as points.

    Parameters
    ----------
    rows
        ``at`` (ISO date), ``promised``, ``realised``, ``low``, ``high``.
    """
    base = alt.Chart(data(rows)).encode(
        x=alt.X("at:T", title=None, scale=alt.Scale(padding=16)).axis(
            format="%b %y", grid=False, tickCount=5
        ),
        tooltip=[
            alt.Tooltip("at:T", format="%d %b %Y", title="stood at"),
            alt.Tooltip("promised:Q", format=".3f"),
            alt.Tooltip("realised:Q", format=".3f"),
            alt.Tooltip("low:Q", format=".3f"),
            alt.Tooltip("high:Q", format=".3f"),
        ],
    )
    scale = alt.Scale(zero=False, padding=8)
    band = base.mark_rule(color=ACCENT, strokeWidth=4, opacity=0.3).encode(
        y=alt.Y("low:Q", scale=scale, title=None, axis=alt.Axis(tickCount=4)), y2="high:Q"
    )
    came = base.mark_point(filled=True, size=70, color=ACCENT, opacity=1).encode(y="realised:Q")
    said = base.mark_line(color=INK, strokeWidth=2, strokeDash=[6, 3]).encode(y="promised:Q")
    return specification(alt.layer(band, said, came), 180)


def promised_by_segment(rows: Sequence[Row]) -> dict[str, Any]:
    """Draw what was promised of each segment as a tick, and what came true as a point.

    Parameters
    ----------
    rows
        ``label``, ``promised``, ``realised``, ``low``, ``high`` (shares), ``colour``.
    """
    base = alt.Chart(data(rows)).encode(
        y=alt.Y("label:N", sort=None, title=None, axis=alt.Axis(labelColor=INK)),
        tooltip=[
            alt.Tooltip("label:N", title=" "),
            alt.Tooltip("promised:Q", format=".1%"),
            alt.Tooltip("realised:Q", format=".1%", title="came true"),
        ],
    )
    axis = alt.Axis(format=".0%", tickCount=5)
    whisker = base.mark_rule(strokeWidth=4, opacity=0.4).encode(
        x=alt.X("low:Q", title=None, axis=axis), x2="high:Q", color=own_colour()
    )
    came = base.mark_point(size=110, filled=True, opacity=1).encode(
        x="realised:Q", color=own_colour()
    )
    said = base.mark_tick(color=INK, thickness=2.5, height=18).encode(x="promised:Q")
    return specification(alt.layer(whisker, came, said), 34 * max(len(rows), 1))
