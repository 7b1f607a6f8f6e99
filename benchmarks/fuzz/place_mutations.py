"""Files under other names, in other formats, in other places, or not at all."""

from __future__ import annotations

import gzip
import io
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from benchmarks.fuzz.byte_mutations import flip_bytes, truncate

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from benchmarks.fuzz.feed_table import FeedTable

Files = dict[str, bytes]
"""Path below the feeds folder to content; a path that ends in / is an empty folder."""


def drop_file(_: Random, __: FeedTable, ___: str, ____: bytes) -> Files:
    """Do not deliver."""
    return {}


def other_ending(rng: Random, _: FeedTable, feed: str, content: bytes) -> Files:
    """Deliver under an ending that is not looked for, or that promises another format."""
    ending = rng.choice(("txt", "CSV", "tsv", "csv.bak", "parquet", "csv.gz", "xlsx", "csv.zip"))
    return {f"{feed}.{ending}": content}


def upper_case_name(_: Random, __: FeedTable, feed: str, content: bytes) -> Files:
    """Deliver under the feed's name in capitals."""
    return {f"{feed.upper()}.csv": content}


def gzipped(_: Random, __: FeedTable, feed: str, content: bytes) -> Files:
    """Compress."""
    return {f"{feed}.csv.gz": gzip.compress(content, mtime=0)}


def damaged_gzip(rng: Random, _: FeedTable, feed: str, content: bytes) -> Files:
    """Compress, and lose or change bytes on the way."""
    damage = rng.choice((truncate, flip_bytes))
    return {f"{feed}.csv.gz": damage(rng, gzip.compress(content, mtime=0))}


def parts(_: Random, __: FeedTable, feed: str, content: bytes) -> Files:
    """Deliver in two files of a folder, among files that are none."""
    header, _newline, rows = content.partition(b"\n")
    lines = rows.splitlines(keepends=True)
    half = len(lines) // 2
    return {
        f"{feed}/a b's.csv": header + b"\n" + b"".join(lines[:half]),
        f"{feed}/c.csv": header + b"\n" + b"".join(lines[half:]),
        f"{feed}/README.txt": b"not a feed",
        f"{feed}/.hidden": b"not a feed",
    }


def parts_of_two_formats(_: Random, table: FeedTable, feed: str, content: bytes) -> Files:
    """Deliver a CSV and a Parquet file in one folder."""
    return {f"{feed}/a.csv": content, f"{feed}/b.parquet": _parquet(_as_text(table))}


def folder_like_a_file(_: Random, __: FeedTable, feed: str, content: bytes) -> Files:
    """Deliver a folder that is called like a file."""
    return {f"{feed}.csv/inside.csv": content}


def empty_folder(_: Random, __: FeedTable, feed: str, ___: bytes) -> Files:
    """Deliver an empty folder."""
    return {f"{feed}/": b""}


def csv_and_parquet(_: Random, table: FeedTable, feed: str, content: bytes) -> Files:
    """Deliver the same twice, in two formats."""
    return {f"{feed}.csv": content, f"{feed}.parquet": _parquet(_as_text(table))}


def text_parquet(_: Random, table: FeedTable, feed: str, __: bytes) -> Files:
    """Deliver Parquet in which everything is text."""
    return {f"{feed}.parquet": _parquet(_as_text(table))}


def typed_parquet(rng: Random, table: FeedTable, feed: str, _: bytes) -> Files:
    """Deliver Parquet in which one column has a type that it never should have."""
    columns = _as_text(table)
    place = rng.randrange(columns.num_columns)
    odd = rng.choice((_binary, _lists, _structs, _doubles, _dates, _nulls, _dictionary))
    return {
        f"{feed}.parquet": _parquet(
            columns.set_column(place, columns.schema.names[place], odd(columns[place]))
        )
    }


def damaged_parquet(rng: Random, table: FeedTable, feed: str, _: bytes) -> Files:
    """Deliver Parquet, and lose or change bytes on the way."""
    damage = rng.choice((truncate, flip_bytes))
    return {f"{feed}.parquet": damage(rng, _parquet(_as_text(table)))}


def _as_text(table: FeedTable) -> pa.Table:
    columns = list(zip(*table.rows, strict=True)) or [()] * len(table.header)
    return pa.Table.from_arrays(
        [pa.array(column, pa.string()) for column in columns], names=list(table.header)
    )


def _parquet(table: pa.Table) -> bytes:
    file = io.BytesIO()
    pq.write_table(table, file)
    return file.getvalue()


def _binary(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return column.cast(pa.binary())


def _lists(column: pa.ChunkedArray) -> pa.Array:
    return pa.array([[value] for value in column.to_pylist()])


def _structs(column: pa.ChunkedArray) -> pa.Array:
    return pa.array([{"value": value} for value in column.to_pylist()])


def _doubles(column: pa.ChunkedArray) -> pa.Array:
    return pa.array([float("nan") if place % 2 else 1e300 for place in range(len(column))])


def _dates(column: pa.ChunkedArray) -> pa.Array:
    return pa.array(range(len(column)), pa.int32()).cast(pa.date32())


def _nulls(column: pa.ChunkedArray) -> pa.Array:
    return pa.nulls(len(column))


def _dictionary(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.dictionary_encode(column)


PLACE_MUTATIONS: dict[str, Callable[[Random, FeedTable, str, bytes], Files]] = {
    mutation.__name__: mutation
    for mutation in (
        drop_file,
        other_ending,
        upper_case_name,
        gzipped,
        damaged_gzip,
        parts,
        parts_of_two_formats,
        folder_like_a_file,
        empty_folder,
        csv_and_parquet,
        text_parquet,
        typed_parquet,
        damaged_parquet,
    )
}
