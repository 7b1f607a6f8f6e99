"""Columns of vendors' exports, made of columns of the feeds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Callable


def text(table: pa.Table, name: str) -> pa.StringArray:
    """Return a column as plain text, NULL in every row when the table lacks it."""
    if name not in table.column_names:
        return pa.nulls(table.num_rows, pa.string())
    return _whole(table[name].cast(pa.string()))


def respelled(table: pa.Table, name: str, spell: Callable[[str], str | None]) -> pa.StringArray:
    """Return a column of few words with every word spelled in another way; NULL stays.

    Examples
    --------
    >>> respelled(pa.table({"device": ["app", None]}), "device", str.upper).to_pylist()
    ['APP', None]
    """
    coded = text(table, name).dictionary_encode()
    words = pa.array([spell(word) for word in coded.dictionary.to_pylist()], pa.string())
    return words.take(coded.indices)


def micros(table: pa.Table, name: str) -> pa.Int64Array:
    """Return a column of times as microseconds since 1970."""
    return _whole(table[name]).cast(pa.timestamp("us")).cast(pa.int64())


def same_in_all(table: pa.Table, word: str) -> pa.StringArray:
    """Return a column that says one word in every row."""
    return pa.repeat(pa.scalar(word, pa.string()), table.num_rows)


def titled(name: str) -> str:
    """Write the name of an event in words, as people who track events do.

    Examples
    --------
    >>> titled("price_comparison")
    'Price Comparison'
    """
    return name.replace("_", " ").title()


def records(**fields: pa.Array) -> pa.StructArray:
    """Return records of some fields; NULL where none of them is known."""
    whole = {name: _whole(values) for name, values in fields.items()}
    is_empty = None
    for values in whole.values():
        absent = pc.is_null(values)
        is_empty = absent if is_empty is None else pc.and_(is_empty, absent)
    return pa.StructArray.from_arrays(list(whole.values()), list(whole), mask=is_empty)


def _whole(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
