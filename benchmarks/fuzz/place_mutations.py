"""Files under other names, in other formats, in other places, or not at all."""

from __future__ import annotations

import gzip
import io
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Delivery:
    """A feed on its way: its name, its table, and that table as CSV, perhaps damaged."""

    feed: str
    table: FeedTable
    content: bytes


def drop_file(_: Random, __: Delivery) -> Files:
    """Do not deliver."""
    return {}


def other_ending(rng: Random, delivery: Delivery) -> Files:
    """Deliver under an ending that is not looked for, or that promises another format."""
    ending = rng.choice(("txt", "CSV", "tsv", "csv.bak", "parquet", "csv.gz", "xlsx", "csv.zip"))
    return {f"{delivery.feed}.{ending}": delivery.content}


def upper_case_name(rng: Random, delivery: Delivery) -> Files:
    """Deliver under the feed's name in capitals, perhaps compressed."""
    name = delivery.feed.upper()
    packed = {f"{name}.CSV.GZ": gzip.compress(delivery.content, mtime=0)}
    return rng.choice(({f"{name}.csv": delivery.content}, packed))


def gzipped(_: Random, delivery: Delivery) -> Files:
    """Compress."""
    return {f"{delivery.feed}.csv.gz": gzip.compress(delivery.content, mtime=0)}


def damaged_gzip(rng: Random, delivery: Delivery) -> Files:
    """Compress, and lose or change bytes on the way."""
    damage = rng.choice((truncate, flip_bytes))
    return {f"{delivery.feed}.csv.gz": damage(rng, gzip.compress(delivery.content, mtime=0))}


def parts(_: Random, delivery: Delivery) -> Files:
    """Deliver in two files of a folder, among marks of other programs."""
    header, _newline, rows = delivery.content.partition(b"\n")
    lines = rows.splitlines(keepends=True)
    half = len(lines) // 2
    return {
        f"{delivery.feed}/a b's.csv": header + b"\n" + b"".join(lines[:half]),
        f"{delivery.feed}/c.csv": header + b"\n" + b"".join(lines[half:]),
        f"{delivery.feed}/_SUCCESS": b"not a feed",
        f"{delivery.feed}/.hidden": b"not a feed",
    }


def stranger_in_folder(rng: Random, delivery: Delivery) -> Files:
    """Deliver in a folder, beside what nothing reads."""
    stranger = rng.choice(("README.txt", "b.csv.zip", "2024/b.csv"))
    return {
        f"{delivery.feed}/a.csv": delivery.content,
        f"{delivery.feed}/{stranger}": delivery.content,
    }


def parts_of_two_formats(_: Random, delivery: Delivery) -> Files:
    """Deliver a CSV and a Parquet file in one folder."""
    return {
        f"{delivery.feed}/a.csv": delivery.content,
        f"{delivery.feed}/b.parquet": _parquet(_as_text(delivery.table)),
    }


def folder_like_a_file(_: Random, delivery: Delivery) -> Files:
    """Deliver a folder that is called like a file."""
    return {f"{delivery.feed}.csv/inside.csv": delivery.content}


def empty_folder(_: Random, delivery: Delivery) -> Files:
    """Deliver an empty folder."""
    return {f"{delivery.feed}/": b""}


def csv_and_parquet(_: Random, delivery: Delivery) -> Files:
    """Deliver the same twice, in two formats."""
    return {
        f"{delivery.feed}.csv": delivery.content,
        f"{delivery.feed}.parquet": _parquet(_as_text(delivery.table)),
    }


def text_parquet(_: Random, delivery: Delivery) -> Files:
    """Deliver Parquet in which everything is text."""
    return {f"{delivery.feed}.parquet": _parquet(_as_text(delivery.table))}


def typed_parquet(rng: Random, delivery: Delivery) -> Files:
    """Deliver Parquet in which one column has a type that it never should have."""
    columns = _as_text(delivery.table)
    place = rng.randrange(columns.num_columns)
    odd = rng.choice((_binary, _lists, _structs, _doubles, _dates, _nulls, _dictionary))
    return {
        f"{delivery.feed}.parquet": _parquet(
            columns.set_column(place, columns.schema.names[place], odd(columns[place]))
        )
    }


def damaged_parquet(rng: Random, delivery: Delivery) -> Files:
    """Deliver Parquet, and lose or change bytes on the way."""
    damage = rng.choice((truncate, flip_bytes))
    return {f"{delivery.feed}.parquet": damage(rng, _parquet(_as_text(delivery.table)))}


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


PLACE_MUTATIONS: dict[str, Callable[[Random, Delivery], Files]] = {
    mutation.__name__: mutation
    for mutation in (
        drop_file,
        other_ending,
        upper_case_name,
        gzipped,
        damaged_gzip,
        parts,
        stranger_in_folder,
        parts_of_two_formats,
        folder_like_a_file,
        empty_folder,
        csv_and_parquet,
        text_parquet,
        typed_parquet,
        damaged_parquet,
    )
}
