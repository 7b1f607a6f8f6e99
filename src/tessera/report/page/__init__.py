"""The page: one HTML file that needs no network, from a report's blocks."""

from __future__ import annotations

import json
from base64 import b64encode
from hashlib import sha256
from importlib import resources
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from tessera.report import numbers
from tessera.report.charts.theme import CONFIG

if TYPE_CHECKING:
    from tessera.report.blocks import Report

SCRIPTS = ("theme", "charts", "sheets", "catalogue", "copying", "scrolling")
"""The page's own scripts, in order of use; ``page/<name>.js``."""

ROWS_SHOWN = 40
"""Rows of an answer that stand behind a figure; its query gives all."""


def render(report: Report) -> str:
    """Return the page as HTML: style, scripts, data and Vega inside; nothing is fetched."""
    script = "\n".join([vega(), *(_file(f"{name}.js") for name in SCRIPTS)])
    return (
        _environment()
        .get_template("page.html.j2")
        .render(
            report=report,
            style=Markup(_file("page.css")),  # noqa: S704 - our own file
            script=Markup(script),  # noqa: S704 - our own files, and Vega's
            script_hash=b64encode(sha256(script.encode()).digest()).decode(),
            theme=CONFIG,
            rows_shown=ROWS_SHOWN,
        )
    )


def vega() -> str:
    """Return Vega, Vega-Lite and Vega-Embed as one script that works without a network."""
    import vl_convert  # noqa: PLC0415 - loads 80 MB

    bundle: str = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;")
    return bundle.replace("</script", r"<\/script")


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("tessera.report", "page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["json"] = _json
    environment.filters["anything"] = numbers.anything
    return environment


def _json(value: Any) -> Markup:
    """Return data that no browser can take for markup."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704 - every sign of markup is escaped above


def _file(name: str) -> str:
    return (resources.files(__package__) / name).read_text(encoding="utf-8")
