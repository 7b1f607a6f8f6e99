"""A file of JSON objects: one a line, or all of them in one list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb

from tessera.feeds.problems import FeedProblemError
from tessera.feeds.streams import is_gzipped, opened

if TYPE_CHECKING:
    from pathlib import Path

LIST, LINES = "array", "newline_delimited"
"""Layouts, as DuckDB calls them."""

BEGINNING = 1 << 12
"""Bytes that tell one layout from the other."""

KEYS = """
    select key from (
        select unnest(json_keys(json)) as key
        from read_json_objects($path, format = $layout, compression = $compression {lenient})
        where json_type(json) = 'OBJECT'
    ) as keys
    where position('"' in key) = 0
    group by key
    order by key
"""

ROWS = """
    select count(*)
    from read_json_objects($path, format = $layout, compression = $compression {lenient})
"""


@dataclass(frozen=True)
class JsonLayout:
    """What is known of a JSON file before it is read.

    Attributes
    ----------
    keys
        Every key of any of its objects, in the order of the alphabet; each is a column.
    rows
        Objects, and lines that are none.
    """

    layout: str
    keys: list[str]
    rows: int
    is_gzipped: bool


def read_layout(path: Path, pattern: str) -> JsonLayout | None:
    """Look through a JSON file; None when nothing is in it.

    Parameters
    ----------
    path
        The file.
    pattern
        Its path as DuckDB reads this file alone.

    Raises
    ------
    FeedProblemError
        It is no JSON, or cut off.
    """
    with opened(path) as file:
        beginning = file.read(BEGINNING).lstrip(b"\xef\xbb\xbf\r\n\t ")
    if not beginning:
        return None
    layout = LIST if beginning.startswith(b"[") else LINES
    packed = is_gzipped(path)
    named = {
        "path": pattern,
        "layout": layout,
        "compression": "gzip" if packed else "uncompressed",
    }
    # a line that is no JSON is set aside by itself; a list that breaks off cannot be read at all
    lenient = ", ignore_errors = true" if layout == LINES else ""
    with duckdb.connect() as connection:
        try:
            keys = connection.execute(KEYS.format(lenient=lenient), named).fetchall()
            rows = connection.execute(ROWS.format(lenient=lenient), named).fetchall()
        except duckdb.Error as error:
            raise FeedProblemError(
                f"{path}: is no readable JSON; it may be cut off. Expected one object a line, or "
                "one list of objects. Deliver it again"
            ) from error
    return JsonLayout(layout, [key for (key,) in keys], int(rows[0][0]), packed)
