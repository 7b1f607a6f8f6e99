"""Strings built by the million: gather pieces with one take, then join them by their offsets.

Pieces that follow each other in an Arrow string array follow each other in its data buffer, too.
So joining them copies nothing: the joined strings are the same buffer, read with fewer offsets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

if TYPE_CHECKING:
    from numpy.typing import NDArray


def expand_ranges(starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the indices of all ranges, one range after the other.

    Examples
    --------
    >>> expand_ranges(np.array([5, 0, 7]), np.array([2, 0, 3])).tolist()
    [5, 6, 7, 8, 9]
    """
    ends = lengths.cumsum()
    total = int(ends[-1]) if len(ends) else 0
    shifts = np.repeat(starts - (ends - lengths), lengths)
    indices: NDArray[np.int64] = (shifts + np.arange(total)).astype(np.int64)
    return indices


def join_pieces(pieces: pa.StringArray, counts: NDArray[np.int64]) -> pa.StringArray:
    """Join the first ``counts[0]`` pieces to the first string, the next ``counts[1]`` to the next.

    Parameters
    ----------
    pieces
        As many as ``counts`` sums to, without NULL.

    Examples
    --------
    >>> join_pieces(pa.array(["a", "b", "c"]), np.array([2, 0, 1])).to_pylist()
    ['ab', '', 'c']
    """
    data, offsets = string_bytes(pieces)
    ends = np.concatenate([[0], counts.cumsum()])
    return strings_from_bytes(data, offsets[ends])


def string_bytes(strings: pa.StringArray) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Return the UTF-8 bytes of all strings, end to end, and the n + 1 offsets between them."""
    if len(strings) == 0:
        return np.zeros(0, dtype=np.uint8), np.zeros(1, dtype=np.int64)
    _, offset_buffer, data_buffer = strings.buffers()
    window = slice(strings.offset, strings.offset + len(strings) + 1)
    offsets = np.frombuffer(offset_buffer, dtype=np.int32)[window].astype(np.int64)
    data = np.frombuffer(data_buffer or b"", dtype=np.uint8)[offsets[0] : offsets[-1]]
    return data, offsets - offsets[0]


def strings_from_bytes(data: NDArray[np.uint8], offsets: NDArray[np.int64]) -> pa.StringArray:
    """Return the strings that lie between the offsets: the reverse of :func:`string_bytes`.

    Raises
    ------
    OverflowError
        The bytes are more than an Arrow string array can hold (2 GiB): write in several calls.
    """
    if len(data) > np.iinfo(np.int32).max:
        raise OverflowError(f"{len(data):,} bytes of text are over 2 GiB; write in several calls")
    buffers = [None, pa.py_buffer(offsets.astype(np.int32)), pa.py_buffer(data)]
    return pa.StringArray.from_buffers(len(offsets) - 1, buffers[1], buffers[2])
