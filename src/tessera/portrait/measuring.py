"""Measure every figure of a portrait: one query per idea, each over the views of the feeds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tessera.portrait.figures import FIGURES

if TYPE_CHECKING:
    import duckdb

QUERIES = Path(__file__).with_name("queries")

TABLES = ("orders", "purchases", "purchase_days")
"""What the figures of orders are measured on, made first; so orders are read from file once."""

MEASURES = (
    "customers",
    "repeat_purchases",
    "gaps",
    "active_customers",
    "revenue_concentration",
    "baskets",
    "order_outcomes",
    "calendar",
    "lines",
    "sessions",
    "messages",
    "tickets",
    "reviews",
    "redemptions",
    "contacts",
)
"""Each gives one row, whose columns are named as the figures."""


def measure(connection: duckdb.DuckDBPyConnection) -> dict[str, float]:
    """Measure the shop whose feeds :func:`~tessera.portrait.feeds.name_feeds` has named.

    Returns
    -------
    dict
        Figure to value, in the order of the catalogue; what the feeds do not say is left out.
    """
    for table in TABLES:
        connection.execute(_query(table))
    found: dict[str, float | None] = {}
    for name in MEASURES:
        relation = connection.sql(_query(name))
        found.update(zip(relation.columns, relation.fetchall()[0], strict=True))
    return {
        figure.name: float(value) for figure in FIGURES if (value := found[figure.name]) is not None
    }


def _query(name: str) -> str:
    return (QUERIES / f"{name}.sql").read_text(encoding="utf-8")
