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
    from collections.abc import Iterable, Mapping, Sequence

    from tessera.report.answers import Row

GAP = 0.022
"""Space between two segments, of the height of all customers."""

HALF_WIDTH = 0.035
"""Of a segment's bar, where two snapshots are 1 apart."""

STEPS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
"""Where along its way a flow is drawn; curves join these points."""

FEWEST_TO_NAME = 0.03
"""Segments with a smaller share have no room for a name."""

Stack = dict[str, tuple[float, float]]
"""Where each segment's bar begins and ends, as shares of all customers."""


def alluvial(
    steps: Sequence[tuple[str, str, Sequence[Row]]],
    order: Sequence[str],
    colours: Mapping[str, str],
) -> dict[str, Any]:
    """Draw flows over one or more steps.

    Parameters
    ----------
    steps
        Per step: names of its two ends, and its flows: ``source``, ``target`` (segment names),
        ``customers``. Steps follow each other.
    order
        Names of segments from top to bottom.
    colours
        Of each name.
    """
    stacks = stacks_of(steps, order)
    dates = [steps[0][0], *(end for _, end, _ in steps)]
    base = alt.Axis(title=None, labels=False, grid=False)
    height = alt.Y("low:Q", axis=None, scale=alt.Scale(domain=[-0.07, 1.0 + GAP * len(order)]))
    flows = (
        alt.Chart(data(_ribbons(steps, stacks, order, colours)))
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
    return specification(alt.layer(flows, *_bars(stacks, dates, colours)), 380)


def stacks_of(steps: Sequence[tuple[str, str, Sequence[Row]]], order: Sequence[str]) -> list[Stack]:
    """Return where each segment stands at every snapshot: first as sources, then as targets."""
    ends = [_sums(steps[0][2], "source"), *(_sums(flows, "target") for _, _, flows in steps)]
    return [_stacked(sums, order) for sums in ends]


def _sums(flows: Sequence[Row], end: str) -> dict[str, float]:
    sums: dict[str, float] = {}
    for flow in flows:
        sums[flow[end]] = sums.get(flow[end], 0) + flow["customers"]
    return sums


def _stacked(sums: Mapping[str, float], order: Iterable[str]) -> Stack:
    total = sum(sums.values()) or 1
    stack: Stack = {}
    begins = 0.0
    for name in order:
        if sums.get(name):
            ends = begins + sums[name] / total
            stack[name] = (begins, ends)
            begins = ends + GAP
    return stack


def _ribbons(
    steps: Sequence[tuple[str, str, Sequence[Row]]],
    stacks: Sequence[Stack],
    order: Sequence[str],
    colours: Mapping[str, str],
) -> list[Row]:
    points = []
    for place, ((_, _, flows), (left, right)) in enumerate(
        zip(steps, pairwise(stacks), strict=True)
    ):
        total = sum(flow["customers"] for flow in flows) or 1
        lefts, rights = _cursors(left), _cursors(right)
        ranks = {name: rank for rank, name in enumerate(order)}
        for flow in sorted(flows, key=lambda f: (ranks[f["source"]], ranks[f["target"]])):
            source, target = flow["source"], flow["target"]
            size = flow["customers"] / total
            ends = (lefts[source], rights[target])
            lefts[source] += size
            rights[target] += size
            points += _ribbon(place, flow, ends, size, colours[source])
    return points


def _ribbon(
    place: int, flow: Row, ends: tuple[float, float], size: float, colour: str
) -> list[Row]:
    source, target = flow["source"], flow["target"]
    stays = source == target
    return [
        {
            "flow": f"{source}, staying" if stays else f"{source} to {target}",
            "x": round(place + HALF_WIDTH + step * (1 - 2 * HALF_WIDTH), 3),
            "low": round(ends[0] + (ends[1] - ends[0]) * _smooth(step), 4),
            "high": round(ends[0] + (ends[1] - ends[0]) * _smooth(step) + size, 4),
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
    return [-HALF_WIDTH, steps + HALF_WIDTH]


def _bars(
    stacks: Sequence[Stack], dates: Sequence[str], colours: Mapping[str, str]
) -> list[alt.Chart]:
    rows = [
        {
            "name": name,
            "low": round(begins, 4),
            "high": round(ends, 4),
            "middle": round((begins + ends) / 2, 4),
            "left": place - HALF_WIDTH,
            "right": place + HALF_WIDTH,
            "share": ends - begins,
            "colour": colours[name],
        }
        for place, stack in enumerate(stacks)
        for name, (begins, ends) in stack.items()
    ]
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
    return [
        bars,
        *written_over(names, align="left", dx=8, fontWeight=600),
        _dates(dates),
    ]


def _dates(dates: Sequence[str]) -> alt.Chart:
    last = len(dates) - 1
    rows = [
        {
            "x": place + (-HALF_WIDTH if place == 0 else HALF_WIDTH if place == last else 0),
            "y": -0.045,
            "text": text,
            "align": "left" if place == 0 else "right" if place == last else "center",
        }
        for place, text in enumerate(dates)
    ]
    chart: alt.Chart = alt.Chart(data(rows)).encode(x="x:Q", y="y:Q", text="text:N")
    return chart.mark_text(color=MUTED, align=alt.ExprRef("datum.align"))
