"""A copy of a text file that DuckDB can read, each misshapen line beside what is wrong with it."""

from __future__ import annotations

import io
from itertools import islice
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from tessera.feeds.encodings import find_encoding
from tessera.feeds.headers import TextFeed
from tessera.feeds.streams import opened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tessera.feeds.records import Record

MOST_ROWS, MOST_CHARACTERS = 50_000, 1 << 25
"""How much is written at once, so that memory stays flat with short rows and with long ones."""

SHOWN_CHARACTERS = 100

_ERRORS = {"utf-16": "surrogatepass"}


def mend(path: Path, target: Path, declared: Sequence[str]) -> tuple[TextFeed, int]:
    """Write the readable copy as Parquet; return what the header said, and how many rows follow it.

    The copy has one row per row of the file: ``feed_row`` (from 1), ``misshapen_reason`` and
    ``misshapen_line`` (NULL for a good row), and the values as text in columns ``c0``, ``c1``, …

    Raises
    ------
    FeedProblemError
        The file cannot be read as a whole.
    """
    encoding = find_encoding(path)
    errors = _ERRORS.get(encoding, "surrogateescape")
    with (
        opened(path) as file,
        io.TextIOWrapper(file, encoding, errors, newline="") as text,
    ):
        feed = TextFeed(path, text, declared)
        rows = 0
        with pq.ParquetWriter(target, _schema(feed.width), compression="snappy") as writer:
            for batch in _batches(feed.records()):
                writer.write_table(_table(batch, rows, feed.width))
                rows += len(batch)
    return feed, rows


def _schema(width: int) -> pa.Schema:
    words = ["misshapen_reason", "misshapen_line", *(f"c{place}" for place in range(width))]
    return pa.schema([("feed_row", pa.int64()), *((name, pa.string()) for name in words)])


def _batches(records: Iterator[Record]) -> Iterator[list[Record]]:
    while batch := _next_batch(records):
        yield batch


def _next_batch(records: Iterator[Record]) -> list[Record]:
    batch: list[Record] = []
    characters = 0
    for record in islice(records, MOST_ROWS):
        batch.append(record)
        characters += sum(map(len, record.values))
        if characters > MOST_CHARACTERS:
            break
    return batch


def _table(batch: list[Record], rows_before: int, width: int) -> pa.Table:
    nothing = [None] * width
    values = zip(*(record.values or nothing for record in batch), strict=True)
    numbers = range(rows_before + 1, rows_before + len(batch) + 1)
    reasons = [record.problem for record in batch]
    lines = [_shown(record.line) if record.problem else None for record in batch]
    return pa.Table.from_arrays(
        [
            pa.array(numbers, pa.int64()),
            pa.array(reasons, pa.string()),
            pa.array(lines, pa.string()),
            *(pa.array(column, pa.string()) for column in values),
        ],
        schema=_schema(width),
    )


def _shown(line: str) -> str:
    """Return how a misshapen line begins, its damaged bytes as question marks."""
    return line[:SHOWN_CHARACTERS].rstrip("\r\n").encode(errors="replace").decode()
