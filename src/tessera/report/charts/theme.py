"""How every chart looks; colours are variables of the style sheet, and so follow the theme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

INK, MUTED, FAINT = "var(--ink)", "var(--muted)", "var(--rule)"
ACCENT, SURFACE = "var(--accent)", "var(--surface)"

CONFIG: dict[str, Any] = {
    "background": None,
    "padding": {"left": 0, "top": 8, "right": 10, "bottom": 4},
    "view": {"stroke": None},
    "aria": False,
    "axis": {
        "domain": False,
        "ticks": False,
        "gridColor": FAINT,
        "labelColor": MUTED,
        "titleColor": MUTED,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "labelPadding": 6,
        "labelLimit": 210,
        "labelOverlap": True,
    },
    "axisY": {"titleAngle": 0, "titleAlign": "left", "titleAnchor": "end", "titleY": -12},
    "header": {"labelColor": INK, "titleColor": MUTED},
    "text": {"color": INK, "fontSize": 12},
    "rule": {"color": FAINT},
    "bar": {"cornerRadius": 2},
}
"""Vega-Lite's configuration, once for the page."""

PERCENT = ".0%"


def data(rows: Iterable[Mapping[str, Any]]) -> alt.InlineData:
    """Return rows as data of a chart; Altair would name a frame's columns and types by itself."""
    return alt.InlineData(values=[dict(row) for row in rows])


def specification(chart: alt.TopLevelMixin, height: int | None = None) -> dict[str, Any]:
    """Return the chart as Vega-Lite that is as wide as the page allows."""
    spec: dict[str, Any] = chart.to_dict(validate=False)
    spec.pop("$schema", None)
    spec.pop("config", None)
    spec["width"] = "container"
    spec["autosize"] = {"type": "fit-x", "contains": "padding"}
    if height is not None:
        spec["height"] = height
    return spec


def own_colour(field: str = "colour") -> alt.Color:
    """Colour marks by a column that holds the colour itself."""
    return alt.Color(f"{field}:N", scale=None, legend=None)


def written_over(chart: alt.Chart, **style: Any) -> list[alt.Chart]:
    """Return text marks that can be read on top of others: the text, and beneath it its halo."""
    halo = chart.mark_text(stroke=SURFACE, strokeWidth=4, strokeJoin="round", **style)
    return [halo, chart.mark_text(color=INK, **style)]
