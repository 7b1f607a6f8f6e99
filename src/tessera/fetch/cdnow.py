"""CDNOW: eighteen months of a record shop's orders, reshaped into Tessera's feeds.

All 23,570 people who bought for the first time in the first quarter of 1997, and what they bought
until the end of June 1998; made known by Fader and Hardie ("Forecasting repeat sales at CDNOW: a
case study", Interfaces 31, 2001). The file lies inside the package ``lifetimes`` 0.11.3, which is
never imported. What was decided here:

- **One line is one order.** 2,068 lines share their customer and day with another, 255 of them are
  its equal. The file's known number of purchases counts each, and so does this: ``order_id`` is
  the number of the line, since the file has no other.
- **When.** The file has days only. An order stands at midnight UTC of its day.
- **Money.** ``amount`` is ``dollar_value``; 80 orders are worth nothing and are kept.
- **Only orders.** How many CDs an order held is not a line of an order, and is left out.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from tessera.fetch.data_set import DataSet, Figure
from tessera.fetch.feed_files import count_rows, write_feed, write_manifest

if TYPE_CHECKING:
    import duckdb

MASTER_FILE = Path("datasets") / "CDNOW_master.txt"

SOURCE: dict[str, str | int] = {"package": "lifetimes", "version": "0.11.3", "layout": 1}
"""Identifies the feeds in their manifest; raise ``layout`` when the mapping below changes."""

LINES = """
create or replace temporary table lines as
select
    unnest($1::varchar[]) as line,
    generate_subscripts($1::varchar[], 1) as line_number
"""

PURCHASES = """
create or replace temporary view purchases as
select
    line_number,
    words[1] as customer_ref,
    strptime(words[2], '%Y%m%d') as ordered_at,
    words[3]::integer as cds,
    words[4]::decimal(18, 2) as amount
from (
    select
        line_number,
        regexp_split_to_array(trim(line), '\\s+') as words
    from lines
)
"""
"""One row per line after the header: customer, day, number of CDs, dollars, between spaces."""

ORDERS = """
select
    line_number::varchar as order_id,
    customer_ref,
    ordered_at,
    amount,
    'USD' as currency
from purchases
order by line_number
"""

FIGURES = {
    "orders": ("69659", "select count(*) from orders"),
    "customers": ("23570", "select count(distinct customer_ref) from orders"),
    "first day": ("19970101", "select strftime(min(ordered_at), '%Y%m%d') from orders"),
    "last first order": (
        "19970325",
        """
        select strftime(max(first_at), '%Y%m%d')
        from (select min(ordered_at) as first_at from orders group by customer_ref)
        """,
    ),
    "last day": ("19980630", "select strftime(max(ordered_at), '%Y%m%d') from orders"),
    "sales": ("2500315.63", "select sum(amount) from orders"),
    "orders worth nothing": ("80", "select count(*) from orders where amount = 0"),
    "customers' days": (
        "67591",
        "select count(*) from (select distinct customer_ref, ordered_at from orders)",
    ),
    "CDs": ("167881", "select sum(cds) from purchases"),
}
"""Figure to its known value, and the query that finds it: in the feeds, once in the package."""


def write_feeds(connection: duckdb.DuckDBPyConnection, package: Path, out: Path) -> None:
    """Write the orders of CDNOW into ``out``, and their manifest last.

    Parameters
    ----------
    connection
        A scratch connection (in memory); views are created in it.
    package
        The installed package's folder.
    out
        The feeds folder; created when absent.
    """
    out.mkdir(parents=True, exist_ok=True)
    _name_purchases(connection, package)
    write_feed(connection.sql(ORDERS), out / "orders.parquet")
    write_manifest(out, SOURCE, count_rows(connection, out))


def reconcile(connection: duckdb.DuckDBPyConnection, package: Path, out: Path) -> list[Figure]:
    """Compare the written orders with the figures that the data set is known by."""
    _name_purchases(connection, package)
    connection.read_parquet(str(out / "orders.parquet")).create_view("orders", replace=True)
    return [
        Figure(name, Decimal(expected), Decimal(connection.execute(query).fetchall()[0][0]))
        for name, (expected, query) in FIGURES.items()
    ]


def _name_purchases(connection: duckdb.DuckDBPyConnection, package: Path) -> None:
    _header, *lines = (package / MASTER_FILE).read_text(encoding="ascii").splitlines()
    connection.execute(LINES, [[line for line in lines if line.strip()]])
    connection.execute(PURCHASES)


DATA_SET = DataSet(
    title="CDNOW",
    package="lifetimes (0.6 MB when absent)",
    import_name="lifetimes",
    requirements=Path(__file__).with_name("cdnow_requirements.txt"),
    source=SOURCE,
    write_feeds=write_feeds,
    reconcile=reconcile,
)
