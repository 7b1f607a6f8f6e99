"""The feeds of a folder, as views with the columns a portrait reads.

The files are found and read as a build finds and reads them (:mod:`tessera.feeds`). A feed that is
not there is a view without rows, a column that is not there is NULL, and a value that does not fit
its type is NULL, and so is a line that is misshapen: every query can then be written once.
``customer`` is a number for the first reference that a row carries, in the order in which a build
looks for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tessera.feeds import FeedFile, FeedProblemError, inspect_feed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from duckdb import DuckDBPyConnection, DuckDBPyRelation

REFERENCES = (
    "contact_id",
    "customer_ref",
    "user_ref",
    "email",
    "phone",
    "device_id",
    "anonymous_id",
)


class Feed(NamedTuple):
    """What a portrait reads of one feed: column to type."""

    required: Mapping[str, str]
    optional: Mapping[str, str]
    names_customer: bool = True

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that is looked for, references among them."""
        references = REFERENCES if self.names_customer else ()
        return (*dict.fromkeys((*self.required, *self.optional, *references)),)


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
    "campaign_outcomes": Feed(
        {"campaign_id": "varchar", "outcome": "varchar", "value": "double"}, {}
    ),
}
"""The feeds a portrait reads; what else lies in the folder is left alone."""


def name_feeds(connection: DuckDBPyConnection, folder: Path, copies: Path) -> None:
    """Create a temporary view ``feed_<name>`` over the files of every feed in ``folder``.

    Readable copies of files that DuckDB cannot read as they lie go to ``copies``, and must stay
    there for as long as the views are asked.

    Raises
    ------
    FeedProblemError
        The folder holds none of the feeds, a file that cannot be read, or one without a column that
        it must have.
    """
    found = {
        name: inspect_feed(str(folder), name, feed.columns, copies).files
        for name, feed in FEEDS.items()
    }
    if not any(found.values()):
        raise FeedProblemError(
            f"no feeds in {folder}: expected orders.parquet, orders.csv or a folder orders/, "
            f"and the same for {', '.join(name for name in FEEDS if name != 'orders')}"
        )
    for name, files in found.items():
        _rows(connection, FEEDS[name], files).create_view(f"feed_{name}", replace=True)


def _rows(
    connection: DuckDBPyConnection, feed: Feed, files: tuple[FeedFile, ...]
) -> DuckDBPyRelation:
    if not files:
        return connection.sql("select 1").project(_projection(feed, {})).limit(0)
    for file in files:
        _require_columns(feed, file)
    return _united(
        [_read(connection, file).project(_projection(feed, file.columns)) for file in files]
    )


def _united(parts: list[DuckDBPyRelation]) -> DuckDBPyRelation:
    """Put rows together half by half: DuckDB allows a thousand steps, and files are often more."""
    if len(parts) == 1:
        return parts[0]
    middle = len(parts) // 2
    return _united(parts[:middle]).union(_united(parts[middle:]))


def _read(connection: DuckDBPyConnection, file: FeedFile) -> DuckDBPyRelation:
    """Read one file; a CSV file as it lies has been found plain before, so nothing is guessed."""
    if file.reader != "csv":
        return connection.read_parquet(file.path, binary_as_string=True)
    return connection.read_csv(
        file.path,
        columns={f"c{place}": "varchar" for place in range(file.width)},
        auto_detect=False,
        header=True,
        sep=file.delimiter,
        quotechar='"',
        escapechar='"',
        compression="gzip" if file.is_gzipped else "none",
        max_line_size=1 << 22,
    )


def _require_columns(feed: Feed, file: FeedFile) -> None:
    # Only columns that are looked for are named: the first line may be no header, but a customer.
    known = [column for column in feed.columns if column in file.columns]
    it_has = f"it has {', '.join(known)}" if known else "does it begin with a header row?"
    missing = [column for column in feed.required if column not in file.columns]
    if missing:
        raise FeedProblemError(f"{file.file}: has no column {', '.join(missing)}; {it_has}")
    if feed.names_customer and not set(known) & set(REFERENCES):
        raise FeedProblemError(
            f"{file.file}: names no customer: expected one of {', '.join(REFERENCES)}; {it_has}"
        )


def _projection(feed: Feed, present: Mapping[str, str]) -> str:
    """Write the columns a portrait reads; ``present`` says what each is called in the file."""
    quoted = {name: '"' + column.replace('"', '""') + '"' for name, column in present.items()}
    expressions = [
        f"{_value(quoted[name], sql_type) if name in quoted else f'null::{sql_type}'} as {name}"
        for name, sql_type in {**feed.required, **feed.optional}.items()
    ]
    if feed.names_customer:
        expressions.append(f"{_customer(quoted)} as customer")
    return ", ".join(expressions)


def _value(column: str, sql_type: str) -> str:
    if sql_type == "varchar":
        return _text(column)
    return f"try_cast({column} as {sql_type})"


def _text(column: str) -> str:
    return f"nullif(trim({column}::varchar), '')"


def _customer(quoted: Mapping[str, str]) -> str:
    """Write the number of the first reference: eight bytes group faster than text."""
    references = {name: _text(quoted[name]) for name in REFERENCES if name in quoted}
    cases = " ".join(
        f"when {text} is not null "
        f"then hash('{name}', {f'lower({text})' if name == 'email' else text})"
        for name, text in references.items()
    )
    return f"case {cases} end" if references else "null::ubigint"
