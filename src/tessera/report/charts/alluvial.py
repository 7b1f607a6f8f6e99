"""An alluvial picture: how customers flow between segments from snapshot to snapshot.

Vega-Lite has no such chart. A flow is an area between two curves that rise as a smooth step does;
its two ends are stacked where the segments are.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import altair as alt

from tessera.report.charts.theme import MUTED, data, own_colour, specification, written_over

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tessera.report.answers import Row

GAP = 0.022
"""Space between two segments, of the height of all customers."""

HALF_WIDTH = 0.008
"""Of a segment's bar, of the width of the picture."""

STEPS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
"""Where along its way a flow is drawn; curves join these points."""

FEWEST_TO_NAME = 0.03
"""Segments with a smaller share have no room for a name."""

Stack = dict[str, tuple[float, float]]
"""Where each segment's bar begins and ends, as shares of all customers."""

Step = tuple[str, str, "Sequence[Row]"]
"""From one snapshot to the next: their names, and flows (``source``, ``target``, ``customers``)."""


def alluvial(
    steps: Sequence[Step], order: Sequence[str], colours: Mapping[str, str]
) -> dict[str, Any]:
    """Draw flows over one or more steps.

    Parameters
    ----------
    steps
        In the order of time.
    order
        Names of segments from top to bottom.
    colours
        Of each name.
    """
    layout = layout_of(steps, order)
    dates = [steps[0][0], *(end for _, end, _ in steps)]
    base = alt.Axis(title=None, labels=False, grid=False)
    height = alt.Y(
        "low:Q", axis=None, scale=alt.Scale(domain=[-0.07, 1.0 + GAP * len(order)], reverse=True)
    )
    flows = (
        alt.Chart(data(_ribbons(steps, layout, order, colours)))
        .mark_area(interpolate="monotone", stroke=None)
        .encode(
            x=alt.X("x:Q", axis=base, scale=alt.Scale(domain=_domain(len(steps)), nice=False)),
            y=height,
            y2="high:Q",
            detail="flow:N",
            color=own_colour(),
            opacity=alt.Opacity("opacity:Q", scale=None),
            tooltip=[alt.Tooltip("flow:N", title=" "), alt.Tooltip("customers:Q", format=",d")],
        )
    )
    return specification(alt.layer(flows, *_bars(layout[0], dates, colours)), 380)


def layout_of(steps: Sequence[Step], order: Sequence[str]) -> tuple[list[Stack], float]:
    """Return where each segment stands at every snapshot, and how high one customer is.

    Who arrives at a snapshot and who sets out from it differ by those who come and go: a segment
    is as high as the larger of both. The snapshot with the most customers has the height 1.
    """
    arriving = [{}, *(_sums(flows, "target") for _, _, flows in steps)]
    leaving = [*(_sums(flows, "source") for _, _, flows in steps), {}]
    columns = [
        {name: max(comes.get(name, 0), goes.get(name, 0)) for name in order}
        for comes, goes in zip(arriving, leaving, strict=True)
    ]
    unit = 1 / (max(sum(column.values()) for column in columns) or 1)
    return [_stacked(column, unit) for column in columns], unit


def _sums(flows: Sequence[Row], end: str) -> dict[str, float]:
    sums: dict[str, float] = {}
    for flow in flows:
        sums[flow[end]] = sums.get(flow[end], 0) + flow["customers"]
    return sums


def _stacked(column: Mapping[str, float], unit: float) -> Stack:
    stack: Stack = {}
    begins = 0.0
    for name, customers in column.items():
        if customers:
            stack[name] = (begins, begins + customers * unit)
            begins += customers * unit + GAP
    return stack


def _ribbons(
    steps: Sequence[Step],
    layout: tuple[Sequence[Stack], float],
    order: Sequence[str],
    colours: Mapping[str, str],
) -> list[Row]:
    stacks, unit = layout
    half = HALF_WIDTH * len(steps)
    ranks = {name: rank for rank, name in enumerate(order)}
    points = []
    for place, ((_, _, flows), (left, right)) in enumerate(
        zip(steps, pairwise(stacks), strict=True)
    ):
        lefts, rights = _cursors(left), _cursors(right)
        for flow in sorted(flows, key=lambda f: (ranks[f["source"]], ranks[f["target"]])):
            source, target = flow["source"], flow["target"]
            ends = (lefts[source], rights[target])
            lefts[source] += flow["customers"] * unit
            rights[target] += flow["customers"] * unit
            points += _ribbon(place, flow, ends, (flow["customers"] * unit, half), colours[source])
    return points


def _ribbon(
    place: int,
    flow: Row,
    ends: tuple[float, float],
    size: tuple[float, float],
    colour: str,
) -> list[Row]:
    height, half = size
    source, target = flow["source"], flow["target"]
    stays = source == target
    return [
        {
            "flow": f"{source}, staying" if stays else f"{source} to {target}",
            "x": round(place + half + step * (1 - 2 * half), 3),
            "low": round(ends[0] + (ends[1] - ends[0]) * _smooth(step), 4),
            "high": round(ends[0] + (ends[1] - ends[0]) * _smooth(step) + height, 4),
            "customers": flow["customers"],
            "colour": colour,
            "opacity": 0.22 if stays else 0.7,
        }
        for step in STEPS
    ]


def _smooth(step: float) -> float:
    return step * step * (3 - 2 * step)


def _cursors(stack: Stack) -> dict[str, float]:
    return {name: begins for name, (begins, _) in stack.items()}


def _domain(steps: int) -> list[float]:
    return [-HALF_WIDTH * steps, steps + HALF_WIDTH * steps]


def _bars(
    stacks: Sequence[Stack], dates: Sequence[str], colours: Mapping[str, str]
) -> list[alt.Chart]:
    rows = _nodes(stacks, colours)
    bars = (
        alt.Chart(data(rows))
        .mark_rect(cornerRadius=1)
        .encode(
            x="left:Q",
            x2="right:Q",
            y="low:Q",
            y2="high:Q",
            color=own_colour(),
            tooltip=[alt.Tooltip("name:N", title=" "), alt.Tooltip("share:Q", format=".1%")],
        )
    )
    named = [row for row in rows if row["left"] < 0 and row["share"] >= FEWEST_TO_NAME]
    names = alt.Chart(data(named)).encode(x="right:Q", y="middle:Q", text="name:N")
    return [bars, *written_over(names, align="left", dx=8, fontWeight=600), _dates(dates)]


def _nodes(stacks: Sequence[Stack], colours: Mapping[str, str]) -> list[Row]:
    half = HALF_WIDTH * (len(stacks) - 1)
    return [
        {
            "name": name,
            "low": round(begins, 4),
            "high": round(ends, 4),
            "middle": round((begins + ends) / 2, 4),
            "left": place - half,
            "right": place + half,
            "share": ends - begins,
            "colour": colours[name],
        }
        for place, stack in enumerate(stacks)
        for name, (begins, ends) in stack.items()
    ]


def _dates(dates: Sequence[str]) -> alt.Chart:
    last = len(dates) - 1
    half = HALF_WIDTH * last
    rows = [
        {
            "x": place + (-half if place == 0 else half if place == last else 0),
            "y": -0.045,
            "text": text,
            "align": "left" if place == 0 else "right" if place == last else "center",
        }
        for place, text in enumerate(dates)
    ]
    chart = alt.Chart(data(rows)).encode(x="x:Q", y="y:Q", text="text:N")
    dated: alt.Chart = chart.mark_text(color=MUTED, align=alt.ExprRef("datum.align"))
    # on a phone there is room for the first and the last
    return dated.transform_filter("width > 560 || datum.align != 'center'")
