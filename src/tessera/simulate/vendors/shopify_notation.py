"""How Shopify writes money, times and ids: as text."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

CENTS = pa.decimal128(18, 2)
NEW_YORK = "-05:00"
_MICROSECONDS_BEHIND = 5 * 3_600 * 1_000_000


def amounts(column: object) -> pa.Array:
    """Return amounts as text with two digits after the point.

    Examples
    --------
    >>> amounts(pa.array([56.17, 0.0, None])).to_pylist()
    ['56.17', '0.00', None]
    """
    return _whole(pc.cast(pc.round(_whole(pa.array(column)), 2), CENTS).cast(pa.string()))


def times(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Return times (UTC) as a New York shop's wall clock and its distance from UTC, in winter.

    Examples
    --------
    >>> from datetime import datetime
    >>> times(pa.array([datetime(2024, 1, 1, 3)], pa.timestamp("us"))).to_pylist()
    ['2023-12-31T22:00:00-05:00']
    """
    moved = pc.subtract(
        _whole(column).cast(pa.timestamp("us")),
        pa.scalar(_MICROSECONDS_BEHIND, pa.duration("us")),
    )
    wall = pc.strftime(moved.cast(pa.timestamp("s")), format="%Y-%m-%dT%H:%M:%S")
    return pc.binary_join_element_wise(wall, NEW_YORK, "")


def joined(first: object, second: object) -> pa.Array:
    """Return two columns, or a column and a text, as one text.

    Examples
    --------
    >>> joined("#", pa.array(["1001"])).to_pylist()
    ['#1001']
    """
    return _whole(pc.binary_join_element_wise(_text(first), _text(second), ""))


def _text(part: object) -> object:
    return _whole(part).cast(pa.string()) if isinstance(part, pa.Array | pa.ChunkedArray) else part


def _whole(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    return pa.concat_arrays(column.chunks) if isinstance(column, pa.ChunkedArray) else column
