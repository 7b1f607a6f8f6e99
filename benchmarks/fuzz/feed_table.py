"""A feed as a table of texts, and how a table is spelled as a file."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, replace

Row = tuple[str, ...]


@dataclass(frozen=True)
class FeedTable:
    """A header and rows of as many values."""

    header: Row
    rows: tuple[Row, ...]

    def with_rows(self, rows: list[Row]) -> FeedTable:
        """Return the table with other rows under its header."""
        return replace(self, rows=tuple(rows))

    def with_value(self, row: int, column: int, value: str) -> FeedTable:
        """Return the table with one value changed."""
        rows = list(self.rows)
        rows[row] = (*rows[row][:column], value, *rows[row][column + 1 :])
        return self.with_rows(rows)

    def column(self, name: str) -> list[str]:
        """Return the values below the first header of this name; none when there is no such."""
        if name not in self.header:
            return []
        place = self.header.index(name)
        return [row[place] for row in self.rows]


@dataclass(frozen=True)
class Spelling:
    """How a table becomes bytes."""

    delimiter: str = ","
    newline: str = "\n"
    encoding: str = "utf-8"
    is_all_quoted: bool = False
    is_newline_last: bool = True


def spelled(table: FeedTable, spelling: Spelling) -> str:
    r"""Return the text of a table.

    Examples
    --------
    >>> spelled(FeedTable(("a", "b"), (("1", "x;y"),)), Spelling(delimiter=";"))
    'a;b\n1;"x;y"\n'
    """
    lines = [
        spelling.delimiter.join(_quoted(value, spelling) for value in row)
        for row in (table.header, *table.rows)
    ]
    return spelling.newline.join(lines) + (spelling.newline if spelling.is_newline_last else "")


def _quoted(value: str, spelling: Spelling) -> str:
    """Return a value in quotes where it needs them; Python's own writer forgets a lone CR."""
    special = {spelling.delimiter, '"', "\r", "\n"}
    if not spelling.is_all_quoted and special.isdisjoint(value):
        return value
    return '"' + value.replace('"', '""') + '"'


def read_table(text: str) -> FeedTable:
    """Read a well-formed CSV text."""
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    return FeedTable(tuple(header), tuple(map(tuple, rows)))
