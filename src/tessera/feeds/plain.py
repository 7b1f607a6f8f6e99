"""Whether DuckDB can read a CSV file as it lies, and how many rows it has: a scan of its bytes.

A plain file is UTF-8, its lines all end alike, each record has as many values as the header, and
quotes stand where RFC 4180 wants them. Most files are plain; the others go through
:mod:`tessera.feeds.mending`.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tessera.feeds.streams import blocks, is_gzipped, is_one_gzip

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

LONGEST_PLAIN_RECORD = 1 << 20
"""Bytes; longer records are within the rules, but beyond what DuckDB's reader takes at once."""

QUOTE, LF, CR = b'"'[0], b"\n"[0], b"\r"[0]


@dataclass(frozen=True)
class Layout:
    """How a file's records are laid out.

    Attributes
    ----------
    delimiter
        The byte between values.
    width
        How many values a record has.
    is_crlf
        Lines end with CR LF, otherwise with LF.
    """

    delimiter: int
    width: int
    is_crlf: bool


def count_plain_rows(path: Path, layout: Layout) -> int | None:
    """Count the rows of a plain file, the header not counted; None when the file is not plain."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    rest, records, size = b"", 0, 0
    for block in blocks(path):
        try:
            decoder.decode(block)
        except UnicodeDecodeError:
            return None
        whole = rest + block
        counted = None if b"\0" in block else _count_block(whole, layout)
        if counted is None or len(whole) - counted[1] > LONGEST_PLAIN_RECORD:
            return None
        records += counted[0]
        rest = whole[counted[1] :]
        size += len(block)
    if is_gzipped(path) and not is_one_gzip(path, size):
        return None
    if rest:
        counted = _count_block(rest + (b"\r\n" if layout.is_crlf else b"\n"), layout)
        if counted is None or counted[0] == 0 or decoder.getstate()[0]:
            return None
        records += counted[0]
    return records - 1


def _count_block(block: bytes, layout: Layout) -> tuple[int, int] | None:
    """Count the whole records of a block that begins with a record, and the bytes that they take.

    None when one of them is misshapen.
    """
    data = np.frombuffer(block, dtype=np.uint8)
    wanted = np.zeros(256, dtype=bool)
    wanted[[QUOTE, LF, CR, layout.delimiter]] = True
    places = np.flatnonzero(wanted[data])
    kinds = data[places]
    quotes = kinds == QUOTE
    if not quotes.any():
        return _count_unquoted(places, kinds, layout)
    inside = np.cumsum(quotes, dtype=np.int64) % 2 == 1
    ends = np.flatnonzero((kinds == LF) & ~inside)
    if len(ends) == 0:
        return 0, 0
    last = ends[-1] + 1
    places, kinds, quotes, inside = places[:last], kinds[:last], quotes[:last], inside[:last]
    has_even_lines = _has_even_lines(places[(kinds == CR) & ~inside], places[ends], layout)
    if not has_even_lines or not _has_proper_quotes(data, places[quotes], layout.delimiter):
        return None
    separators = np.cumsum((kinds == layout.delimiter) & ~inside)[ends]
    widths = np.diff(separators, prepend=0) + 1
    if layout.width == 1 or np.any(widths != layout.width):  # 1: a blank line or an empty value?
        return None
    return len(ends), int(places[-1]) + 1


def _count_unquoted(
    places: NDArray[np.intp], kinds: NDArray[np.uint8], layout: Layout
) -> tuple[int, int] | None:
    """Count as :func:`_count_block` does, in a block without quotes: every mark counts."""
    ends = np.flatnonzero(kinds == LF)
    if len(ends) == 0:
        return 0, 0
    returns = np.flatnonzero(kinds[: ends[-1] + 1] == CR)
    if not _has_even_lines(places[returns], places[ends], layout):
        return None
    marks = np.diff(ends, prepend=-1)
    if layout.width == 1 or np.any(marks != layout.width + layout.is_crlf):
        return None
    return len(ends), int(places[ends[-1]]) + 1


def _has_even_lines(returns: NDArray[np.intp], ends: NDArray[np.intp], layout: Layout) -> bool:
    """Tell whether each line ends in the file's own way, and CR stands nowhere else."""
    if not layout.is_crlf:
        return len(returns) == 0
    return len(returns) == len(ends) and bool(np.all(returns == ends - 1))


def _has_proper_quotes(data: NDArray[np.uint8], quotes: NDArray[np.intp], delimiter: int) -> bool:
    """Tell whether each value that has a quote is quoted as a whole.

    Quotes open and close in turn; a doubled quote closes and opens at once.
    """
    opening, closing = quotes[::2], quotes[1::2]
    before = data[opening[opening > 0] - 1]
    after = data[closing + 1]
    begins = (before == delimiter) | (before == LF) | (before == QUOTE)
    ends = (after == delimiter) | (after == LF) | (after == CR) | (after == QUOTE)
    return bool(np.all(begins) and np.all(ends))
