"""The core tables of a made-up shop, drawn inside the file that dbt has built.

dbt builds the demo shop first, so that every table, gate and context is as a build leaves it; then
the rows of core are taken out and drawn anew, by the files in ``shop/``: one per table.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

SHOP = Path(__file__).parent / "shop"
STARTS_AT = datetime(2024, 1, 1)  # noqa: DTZ001 - UTC, as every time in the file
ENDS_AT = datetime(2026, 1, 1)  # noqa: DTZ001
"""A month's start: then the spine of one month is the newest snapshot alone."""
DAY = timedelta(days=1)
NEW_SHARE = 0.01
"""What a day brings, as a share of the two years before it."""

_COLUMNS = """
select column_name from duckdb_columns()
where schema_name || '.' || table_name = ? and database_name = current_database()
"""
_LOOK_FROM = "update registry.run_context set as_of = ?, observed_until = ?"


class TablesDifferError(RuntimeError):
    """A table of core has other columns than its file in ``shop/`` draws."""


def draw_shop(connection: Any, customers: int) -> None:
    """Replace the rows of core by those of ``customers`` people over two years.

    Raises
    ------
    TablesDifferError
        A table or a column is not drawn, or is drawn and not there; the message names it.
    """
    _require_all_drawn(connection)
    _prepare(connection, customers, (STARTS_AT, ENDS_AT), (0.0, 1.0))
    for file in _files("things") + _files("facts"):
        _insert(connection, file, is_anew=True)
    _look_from(connection, ENDS_AT)


def draw_day(connection: Any, customers: int) -> None:
    """Add the facts of the next day, and look from its end."""
    _prepare(connection, customers, (ENDS_AT, ENDS_AT + DAY), (1.0, 1.0 + NEW_SHARE))
    for file in _files("facts"):
        _insert(connection, file, is_anew=False)
    _look_from(connection, ENDS_AT + DAY)


def table_of(file: Path) -> str:
    """Return the table whose rows ``file`` draws, with its schema."""
    schema = "identity" if file.stem == "customer_identities" else "core"
    return f"{schema}.{file.stem}"


def _files(kind: str) -> list[Path]:
    return sorted((SHOP / kind).glob("*.sql"))


def _prepare(
    connection: Any,
    customers: int,
    times: tuple[datetime, datetime],
    shares: tuple[float, float],
) -> None:
    names = ("customers", "starts_at", "ends_at", "from_share", "to_share")
    for name, value in zip(names, (customers, *times, *shares), strict=True):
        connection.execute(f"set variable {name} = ?", [value])
    for file in ("macros.sql", "drawn.sql"):
        connection.execute((SHOP / file).read_text(encoding="utf-8"))


def _insert(connection: Any, file: Path, *, is_anew: bool) -> None:
    table, query = table_of(file), file.read_text(encoding="utf-8")
    drawn = {row[0] for row in connection.execute(f"describe {query}").fetchall()}
    there = {row[0] for row in connection.execute(_COLUMNS, [table]).fetchall()}
    for columns, words in ((drawn - there, "is not in"), (there - drawn, "is missing for")):
        if columns:
            raise TablesDifferError(
                f"{file.name} {words} {table}: column {', '.join(sorted(columns))}. "
                f"Draw exactly the columns of the table in {file.relative_to(SHOP.parent)}."
            )
    if is_anew:
        connection.execute(f"truncate {table}")
    connection.execute(f"insert into {table} by name {query}")


def _require_all_drawn(connection: Any) -> None:
    query = "select 'core.' || table_name from duckdb_tables() where schema_name = 'core'"
    there = {row[0] for row in connection.execute(query).fetchall()}
    drawn = {table_of(file) for kind in ("things", "facts") for file in _files(kind)}
    missing = there - drawn
    if missing:
        raise TablesDifferError(
            f"nothing draws {', '.join(sorted(missing))}: add a file of that name to {SHOP.name}/"
        )


def _look_from(connection: Any, as_of: datetime) -> None:
    connection.execute(_LOOK_FROM, [as_of, as_of])
