"""Columns of messages as senders of mail spell them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

Column: TypeAlias = "pa.Array | pa.ChunkedArray"


def texts(column: Column) -> pa.Array:
    """Return a column of words as plain text in one piece."""
    whole = pa.chunked_array(column) if isinstance(column, pa.ChunkedArray) else column
    plain = pc.cast(whole, pa.string())
    return plain.combine_chunks() if isinstance(plain, pa.ChunkedArray) else plain


def codes_of(column: Column) -> tuple[NDArray[np.int64], pa.Array]:
    """Return the place of each row's value among the values, and the values, in their order."""
    coded = texts(column).dictionary_encode()
    order = pc.sort_indices(coded.dictionary)
    place = np.empty(len(order), np.int64)
    place[order.to_numpy()] = np.arange(len(order))
    return place[coded.indices.to_numpy()], coded.dictionary.take(order)


def by_value(column: Column, spell: Callable[[str], str]) -> pa.Array:
    """Return a column with each value spelled anew, once for all rows that have it.

    Examples
    --------
    >>> by_value(pa.array(["a", None, "a"]), str.upper).to_pylist()
    ['A', None, 'A']
    """
    coded = texts(column).dictionary_encode()
    spelled = pa.array([spell(each) for each in coded.dictionary.to_pylist()], pa.string())
    return spelled.take(coded.indices)


def mapped(column: Column, words: Mapping[str, str]) -> pa.Array:
    """Return other words for those of a column; NULL for what has none.

    Examples
    --------
    >>> mapped(pa.array(["opened", "sent"]), {"opened": "open"}).to_pylist()
    ['open', None]
    """
    place = pc.index_in(texts(column), pa.array(list(words), pa.string()))
    return pa.array(list(words.values()), pa.string()).take(place)


def iso_times(column: Column) -> pa.Array:
    """Return times, to the second and in UTC, in ISO 8601.

    Examples
    --------
    >>> iso_times(pa.array([np.datetime64("2024-03-01T09:05:00", "us")])).to_pylist()
    ['2024-03-01T09:05:00+00:00']
    """
    seconds = pc.cast(column, pa.timestamp("s"))
    return texts(pc.strftime(seconds, format="%Y-%m-%dT%H:%M:%S+00:00"))


def short_hash(text: str, length: int) -> str:
    """Return an id of hexadecimal digits that tells nothing of what it stands for.

    Examples
    --------
    >>> short_hash("newsletter", 10)
    '9e438d8a7b'
    """
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()[:length]
