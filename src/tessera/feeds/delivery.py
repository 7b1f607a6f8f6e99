"""The files of one feed: which there are, how each is to be read, and how many rows each has."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from tessera.feeds.dialects import named_columns
from tessera.feeds.headers import read_header
from tessera.feeds.json_objects import read_layout
from tessera.feeds.mending import mend
from tessera.feeds.paths import JSON_ENDINGS, feed_paths
from tessera.feeds.plain import Layout, count_plain_rows
from tessera.feeds.problems import FeedProblemError
from tessera.feeds.streams import is_gzipped, opened, require_text

if TYPE_CHECKING:
    from collections.abc import Sequence

BEGINNING = 1 << 16
"""Bytes by which a file is judged at first sight."""

ROW_NUMBER = "file_row_number"
"""The column in which DuckDB numbers the rows of a Parquet file."""

_WILDCARD = re.compile(r"[\[*?]")


@dataclass(frozen=True)
class FeedFile:
    """One file of a feed.

    Attributes
    ----------
    file
        As it is named to people.
    reader
        ``csv``, ``parquet``, ``json``, or ``mended`` for a readable copy.
    path
        The file that DuckDB reads, ``file`` itself or its copy, as a pattern that fits it alone.
    columns
        Name as declared (small letters, underscores) to the column's name for DuckDB.
    width
        How many columns a CSV file has.
    delimiter
        Between the values of a text file; empty for Parquet.
    rows
        Counted in the file, misshapen lines included.
    is_gzipped
        Whether DuckDB has to unpack it, whatever its name says.
    nested
        Columns of Parquet that hold lists or records: they are read as JSON.
    layout
        How a JSON file is laid out, in DuckDB's words.
    """

    file: str
    reader: str
    path: str
    columns: dict[str, str]
    width: int
    delimiter: str
    rows: int
    is_gzipped: bool = False
    nested: tuple[str, ...] = ()
    layout: str = ""


@dataclass(frozen=True)
class Delivery:
    """The files of one feed, in the order of their names.

    Attributes
    ----------
    files
        Those that hold at least a header.
    blank
        Names of files without one: zero bytes, or blank lines.
    """

    files: tuple[FeedFile, ...]
    blank: tuple[str, ...]


def inspect_feed(folder: str, feed: str, declared: Sequence[str], copies: Path) -> Delivery:
    """Look at every file of a feed.

    Parameters
    ----------
    folder
        The feeds folder.
    feed
        Its files are ``<feed>.parquet``, ``.csv``, ``.json`` and so on, or lie in a folder
        ``<feed>/``.
    declared, copies
        As of :func:`inspect_files`.

    Raises
    ------
    FeedProblemError
        A file cannot be read as a whole, or is there twice.
    """
    return inspect_files(feed_paths(folder, feed), declared, copies)


def inspect_files(paths: Sequence[str], declared: Sequence[str], copies: Path) -> Delivery:
    """Look at files that together are one feed, or one table of a vendor.

    Parameters
    ----------
    paths
        The files.
    declared
        Names of the columns that are read.
    copies
        Folder for readable copies of files that DuckDB cannot read as they lie.

    Raises
    ------
    FeedProblemError
        A file cannot be read as a whole.
    """
    files, blank = [], []
    for name in paths:
        found = inspect_file(name, declared, copies)
        if found is None:
            blank.append(name)
        else:
            files.append(found)
    return Delivery(tuple(files), tuple(blank))


def inspect_file(name: str, declared: Sequence[str], copies: Path) -> FeedFile | None:
    """Look at one file; None when there is not even a header in it.

    Raises
    ------
    FeedProblemError
        The file cannot be read as a whole.
    """
    path = Path(name)
    if name.lower().endswith(".parquet"):
        return _parquet_file(path, declared)
    if name.lower().endswith(JSON_ENDINGS):
        return _json_file(path, declared)
    with opened(path) as file:
        beginning = file.read(BEGINNING)
    if not beginning.strip(b"\xef\xbb\xbf\xff\xfe\r\n\t \0"):
        return None
    require_text(path, beginning)
    return _plain_file(path, beginning, declared) or _mended_file(path, declared, copies)


def _parquet_file(path: Path, declared: Sequence[str]) -> FeedFile | None:
    if path.stat().st_size == 0:
        return None
    try:
        with pq.ParquetFile(path) as file:
            rows, schema = file.metadata.num_rows, file.schema_arrow
    except (pa.ArrowException, OSError) as error:
        raise FeedProblemError(
            f"{path}: is no readable Parquet file; it may be cut off. Deliver it again"
        ) from error
    names = schema.names
    if ROW_NUMBER in map(str.lower, names):
        raise FeedProblemError(
            f"{path}: the column name '{ROW_NUMBER}' is taken. Rename the column"
        )
    places = named_columns(path, names, declared)
    columns = {name: names[place] for name, place in places.items()}
    nested = tuple(
        name for name, place in places.items() if pa.types.is_nested(schema.field(place).type)
    )
    where = pattern_of(path)
    return FeedFile(str(path), "parquet", where, columns, len(names), "", rows, nested=nested)


def _json_file(path: Path, declared: Sequence[str]) -> FeedFile | None:
    found = read_layout(path, pattern_of(path))
    if found is None:
        return None
    places = named_columns(path, found.keys, declared)
    return FeedFile(
        file=str(path),
        reader="json",
        path=pattern_of(path),
        columns={name: found.keys[place] for name, place in places.items()},
        width=len(found.keys),
        delimiter="",
        rows=found.rows,
        is_gzipped=found.is_gzipped,
        layout=found.layout,
    )


def _plain_file(path: Path, beginning: bytes, declared: Sequence[str]) -> FeedFile | None:
    """Describe a CSV file that DuckDB can read as it lies; None when it cannot."""
    header = read_header(path, beginning, declared)
    if header is None:
        return None
    layout = Layout(ord(header.delimiter), header.width, header.is_crlf)
    rows = count_plain_rows(path, layout)
    if rows is None:
        return None
    columns = {name: f"c{place}" for name, place in header.columns.items()}
    return FeedFile(
        file=str(path),
        reader="csv",
        path=pattern_of(path),
        columns=columns,
        width=header.width,
        delimiter=header.delimiter,
        rows=rows,
        is_gzipped=is_gzipped(path),
    )


def _mended_file(path: Path, declared: Sequence[str], copies: Path) -> FeedFile:
    target = copies / f"{hashlib.sha256(str(path).encode()).hexdigest()[:16]}.parquet"
    try:
        copies.mkdir(parents=True, exist_ok=True, mode=0o700)
        feed, rows = mend(path, target, declared)
    except OSError as error:
        raise FeedProblemError(
            f"{path}: no readable copy of it can be written to {copies} "
            f"({os.strerror(error.errno) if error.errno else error}). Make room there"
        ) from error
    columns = {name: f"c{place}" for name, place in feed.columns.items()}
    where = pattern_of(target)
    return FeedFile(str(path), "mended", where, columns, feed.width, feed.delimiter, rows)


def pattern_of(path: Path) -> str:
    """Write a path so that DuckDB, to which every name is a pattern, reads this file alone.

    Examples
    --------
    >>> pattern_of(Path("shop [1]/orders/part*.csv"))
    'shop [[]1]/orders/part[*].csv'
    """
    return _WILDCARD.sub(r"[\g<0>]", str(path))
