"""Rows shuffled, repeated, lost; a day or a customer like no other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from benchmarks.fuzz.feed_table import FeedTable, Row

_YEAR = re.compile(r"\b(\d{4})(?=-\d\d-\d\d)")


def shuffle_rows(rng: Random, table: FeedTable) -> FeedTable:
    """Put the rows into another order."""
    return table.with_rows(rng.sample(table.rows, len(table.rows)))


def repeat_some_rows(rng: Random, table: FeedTable) -> FeedTable:
    """Deliver a tenth of the rows again."""
    return table.with_rows([*table.rows, *rng.sample(table.rows, len(table.rows) // 10)])


def repeat_all_rows(_: Random, table: FeedTable) -> FeedTable:
    """Deliver everything twice."""
    return table.with_rows([*table.rows, *table.rows])


def lose_rows(rng: Random, table: FeedTable) -> FeedTable:
    """Lose most rows."""
    return table.with_rows([row for row in table.rows if rng.random() < 0.2])  # noqa: PLR2004


def keep_one_row(rng: Random, table: FeedTable) -> FeedTable:
    """Keep one row."""
    return table.with_rows(rng.sample(table.rows, min(1, len(table.rows))))


def keep_no_row(_: Random, table: FeedTable) -> FeedTable:
    """Keep the header alone."""
    return table.with_rows([])


def keep_one_customer(rng: Random, table: FeedTable) -> FeedTable:
    """Let every row be about the same customer."""
    if "contact_id" not in table.header or not table.rows:
        return table
    place = table.header.index("contact_id")
    person = rng.choice(table.rows)[place]
    return table.with_rows([(*row[:place], person, *row[place + 1 :]) for row in table.rows])


def move_to_future(_: Random, table: FeedTable) -> FeedTable:
    """Let everything happen in a hundred years."""
    return _with_years(table, lambda year: f"{int(year) + 100:04d}")


def move_to_1600(_: Random, table: FeedTable) -> FeedTable:
    """Let everything have happened in 1600."""
    return _with_years(table, lambda _: "1600")


def repeat_one_row_often(rng: Random, table: FeedTable) -> FeedTable:
    """Deliver one row a thousand times."""
    return table.with_rows([*table.rows, *rng.sample(table.rows, min(1, len(table.rows))) * 1_000])


def _with_years(table: FeedTable, moved: Callable[[str], str]) -> FeedTable:
    rows: list[Row] = [
        tuple(_YEAR.sub(lambda found: moved(found[1]), value) for value in row)
        for row in table.rows
    ]
    return table.with_rows(rows)


ROW_MUTATIONS = {
    mutation.__name__: mutation
    for mutation in (
        shuffle_rows,
        repeat_some_rows,
        repeat_all_rows,
        repeat_one_row_often,
        lose_rows,
        keep_one_row,
        keep_no_row,
        keep_one_customer,
        move_to_future,
        move_to_1600,
    )
}
