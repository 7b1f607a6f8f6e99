"""The feeds of a folder, as views with the columns a portrait reads.

A feed is ``<feed>.parquet``, ``<feed>.csv`` or ``<feed>.csv.gz``, or a folder ``<feed>/`` of such
files. A feed that is not there is a view without rows, a column that is not there is NULL, and a
value that does not fit its type is NULL: every query can then be written once. ``customer`` is a
number for the first reference that a row carries, in the order in which a build looks for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import duckdb

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

ENDINGS = (".parquet", ".csv", ".csv.gz")

CSV_FORM: dict[str, Any] = {
    "header": True,
    "all_varchar": True,
    "sep": ",",
    "quotechar": '"',
    "escapechar": '"',
}
"""Said and not sniffed: a file of another form is refused, and not read in a way of its own."""

_FORMS = {
    True: "Parquet files",
    False: (
        "CSV files in UTF-8 with a header and a comma between values; every line needs as many "
        "values as the header has columns, and a value that holds a comma stands in double quotes"
    ),
}

REFERENCES = (
    "contact_id",
    "customer_ref",
    "user_ref",
    "email",
    "phone",
    "device_id",
    "anonymous_id",
)


class FeedError(Exception):
    """A folder of feeds that no portrait can be made of; the message says what to do."""


class Feed(NamedTuple):
    """What a portrait reads of one feed: column to type."""

    required: Mapping[str, str]
    optional: Mapping[str, str]
    names_customer: bool = True


MONEY = "decimal(18, 2)"

FEEDS = {
    "orders": Feed(
        {"order_id": "varchar", "ordered_at": "timestamp", "amount": MONEY},
        {
            "currency": "varchar",
            "discount_amount": MONEY,
            "cost_amount": MONEY,
            "status": "varchar",
            "recorded_at": "timestamp",
        },
    ),
    "order_lines": Feed(
        {"order_id": "varchar", "quantity": "double"},
        {"is_return": "boolean"},
        names_customer=False,
    ),
    "web_events": Feed(
        {"occurred_at": "timestamp", "event_name": "varchar"},
        {"session_ref": "varchar", "device": "varchar"},
    ),
    "contacts": Feed({"contact_id": "varchar"}, {}, names_customer=False),
    "messages": Feed({"channel": "varchar", "event": "varchar"}, {}),
    "tickets": Feed({"ticket_id": "varchar"}, {"satisfaction_score": "double"}),
    "feedback": Feed({"feedback_id": "varchar", "kind": "varchar"}, {"rating": "double"}),
    "campaign_assignments": Feed(
        {"campaign_id": "varchar", "arm": "varchar"}, {"is_control": "boolean"}
    ),
    "campaign_outcomes": Feed({"campaign_id": "varchar", "value": "double"}, {}),
}
"""The feeds a portrait reads; what else lies in the folder is left alone."""


def name_feeds(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Create a temporary view ``feed_<name>`` over the files of every feed in ``folder``.

    Raises
    ------
    FeedError
        The folder holds none of the feeds, one of them both as Parquet and as CSV, or one without
        a column that it must have.
    """
    files = {name: find_files(folder, name) for name in FEEDS}
    if not any(files.values()):
        raise FeedError(
            f"no feeds in {folder}: expected orders.parquet, orders.csv or a folder orders/, "
            f"and the same for {', '.join(name for name in FEEDS if name != 'orders')}"
        )
    for name, paths in files.items():
        relation = _read(connection, name, paths) if paths else connection.sql("select 1")
        columns = {column.lower() for column in relation.columns} if paths else set()
        view = relation.project(_projection(FEEDS[name], columns))
        (view if paths else view.limit(0)).create_view(f"feed_{name}", replace=True)


def find_files(folder: Path, name: str) -> list[str]:
    """Return the files of one feed, sorted; none when the feed is absent."""
    inside = folder / name
    candidates = sorted(inside.iterdir()) if inside.is_dir() else []
    candidates += [folder / f"{name}{ending}" for ending in ENDINGS]
    return [str(path) for path in candidates if path.is_file() and path.name.endswith(ENDINGS)]


def _read(
    connection: duckdb.DuckDBPyConnection, name: str, paths: list[str]
) -> duckdb.DuckDBPyRelation:
    is_parquet = [path.endswith(".parquet") for path in paths]
    if any(is_parquet) and not all(is_parquet):
        raise FeedError(f"{name} is there both as Parquet and as CSV: keep one of them")
    files: Any = paths  # read_csv takes several, though its type says one
    try:
        relation = (
            connection.read_parquet(files, union_by_name=True)
            if all(is_parquet)
            else connection.read_csv(files, union_by_name=True, **CSV_FORM)
        )
    except duckdb.Error as error:  # its words may hold a line of the file
        raise FeedError(f"{name} cannot be read: expected {_FORMS[all(is_parquet)]}") from error
    _require_columns(name, {column.lower() for column in relation.columns})
    return relation


def _require_columns(name: str, columns: set[str]) -> None:
    feed = FEEDS[name]
    missing = sorted(set(feed.required) - columns)
    if missing:
        raise FeedError(
            f"{name} has no column {', '.join(missing)}; it has: {', '.join(sorted(columns))}"
        )
    if feed.names_customer and not columns & set(REFERENCES):
        raise FeedError(
            f"{name} names no customer: expected one of {', '.join(REFERENCES)}; "
            f"it has: {', '.join(sorted(columns))}"
        )


def _projection(feed: Feed, present: set[str]) -> str:
    columns = {**feed.required, **feed.optional}
    expressions = [
        f"{_value(column, sql_type) if column in present else f'null::{sql_type}'} as {column}"
        for column, sql_type in columns.items()
    ]
    if feed.names_customer:
        expressions.append(f"{_customer(present)} as customer")
    return ", ".join(expressions)


def _value(column: str, sql_type: str) -> str:
    if sql_type == "varchar":
        return f"nullif({column}::varchar, '')"
    return f"try_cast({column} as {sql_type})"


def _customer(present: set[str]) -> str:
    """Write the number of the first reference: eight bytes group faster than text."""
    references = [column for column in REFERENCES if column in present]
    cases = " ".join(
        f"when nullif({column}::varchar, '') is not null then hash('{column}', "
        f"{f'lower({column}::varchar)' if column == 'email' else f'{column}::varchar'})"
        for column in references
    )
    return f"case {cases} end" if references else "null::ubigint"
