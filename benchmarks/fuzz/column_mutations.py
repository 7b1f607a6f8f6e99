"""Columns dropped, renamed, exchanged, or named as nobody expected."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

    from benchmarks.fuzz.feed_table import FeedTable

MANY_COLUMNS = 300
LONG_NAME = "long_" * 1_000

ODD_NAMES = (
    "'; drop table x; --",
    'a"b',
    "{{ 1 / 0 }}",
    "{% endmacro %}",
    "feed_row",
    "feed_file",
    "file_row_number",
    "rejected_reason",
    "raw_order_id",
    "has_customer_reference",
    "delivery_rank",
    "customer_id",
    "select",
    "1",
    "=1+1",
    "../x",
    "größe",
    "\u202ex",
    "attr_",
    "attr_a b",
    "attr_customer_id",
    "attr_x'y",
    LONG_NAME,
)
"""Headers that mean something to SQL, to the reader or to a spreadsheet."""


def drop_column(rng: Random, table: FeedTable) -> FeedTable:
    """Leave a column out."""
    return _with_columns(table, [each for each in _places(table) if each != _drawn(rng, table)])


def reorder_columns(rng: Random, table: FeedTable) -> FeedTable:
    """Put the columns into another order."""
    return _with_columns(table, rng.sample(_places(table), len(table.header)))


def repeat_column(rng: Random, table: FeedTable) -> FeedTable:
    """Have a column twice, under one name."""
    return _with_columns(table, [*_places(table), _drawn(rng, table)])


def exchange_headers(rng: Random, table: FeedTable) -> FeedTable:
    """Let two columns bear each other's names."""
    one, other = rng.sample(_places(table), 2)
    names = list(table.header)
    names[one], names[other] = names[other], names[one]
    return replace(table, header=tuple(names))


def rename_column(rng: Random, table: FeedTable) -> FeedTable:
    """Give a column a name that is taken, odd, or empty."""
    return _renamed(table, _drawn(rng, table), rng.choice(ODD_NAMES))


def blank_header(rng: Random, table: FeedTable) -> FeedTable:
    """Leave a column without a name."""
    return _renamed(table, _drawn(rng, table), rng.choice(("", " ")))


def upper_case_headers(_: Random, table: FeedTable) -> FeedTable:
    """Shout the names."""
    return replace(table, header=tuple(name.upper() for name in table.header))


def spaced_headers(_: Random, table: FeedTable) -> FeedTable:
    """Write the names as people do: ' Order Id '."""
    return replace(
        table, header=tuple(f" {name.replace('_', ' ').title()} " for name in table.header)
    )


def empty_column(rng: Random, table: FeedTable) -> FeedTable:
    """Leave a column without any value."""
    return _filled(table, _drawn(rng, table), "")


def constant_column(rng: Random, table: FeedTable) -> FeedTable:
    """Give a column the same value in every row."""
    place = _drawn(rng, table)
    return _filled(table, place, rng.choice(table.rows)[place] if table.rows else "")


def shuffle_column(rng: Random, table: FeedTable) -> FeedTable:
    """Deal a column's values out anew."""
    place = _drawn(rng, table)
    values = [row[place] for row in table.rows]
    rng.shuffle(values)
    rows = [
        (*row[:place], value, *row[place + 1 :])
        for row, value in zip(table.rows, values, strict=True)
    ]
    return table.with_rows(rows)


def extra_column(rng: Random, table: FeedTable) -> FeedTable:
    """Add a column that nobody asked for."""
    name = rng.choice(("comment", *ODD_NAMES))
    return replace(
        table, header=(*table.header, name), rows=tuple((*row, "extra") for row in table.rows)
    )


def many_columns(_: Random, table: FeedTable) -> FeedTable:
    """Add hundreds of columns."""
    names = tuple(f"extra_{number}" for number in range(MANY_COLUMNS))
    filling = ("",) * MANY_COLUMNS
    return replace(
        table, header=table.header + names, rows=tuple(row + filling for row in table.rows)
    )


def _places(table: FeedTable) -> list[int]:
    return list(range(len(table.header)))


def _drawn(rng: Random, table: FeedTable) -> int:
    return rng.randrange(len(table.header))


def _with_columns(table: FeedTable, places: list[int]) -> FeedTable:
    return replace(
        table,
        header=tuple(table.header[place] for place in places),
        rows=tuple(tuple(row[place] for place in places) for row in table.rows),
    )


def _renamed(table: FeedTable, place: int, name: str) -> FeedTable:
    return replace(table, header=(*table.header[:place], name, *table.header[place + 1 :]))


def _filled(table: FeedTable, place: int, value: str) -> FeedTable:
    return table.with_rows([(*row[:place], value, *row[place + 1 :]) for row in table.rows])


COLUMN_MUTATIONS = {
    mutation.__name__: mutation
    for mutation in (
        drop_column,
        reorder_columns,
        repeat_column,
        exchange_headers,
        rename_column,
        blank_header,
        upper_case_headers,
        spaced_headers,
        empty_column,
        constant_column,
        shuffle_column,
        extra_column,
        many_columns,
    )
}
