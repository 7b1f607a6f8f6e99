"""The header row of a CSV file."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from tessera.feeds.dialects import best_delimiter, named_columns
from tessera.feeds.problems import FeedProblemError
from tessera.feeds.records import Lines, Record, read_record, read_records

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_EXCEL_HINT = re.compile(r"\ufeff?\"?sep=(?P<mark>[,;\t|])\"?[\r\n]+", re.IGNORECASE)


class TextFeed:
    """A text file opened behind its header row.

    Attributes
    ----------
    columns
        Normalised name to position.
    width
        How many columns the header has.
    delimiter
        Between the values; ``sep=;`` before the header, as Excel writes it, decides.
    """

    def __init__(self, path: Path, text: IO[str], declared: Sequence[str]) -> None:
        self.lines = Lines(text)
        first = self.lines.next()
        hint = _EXCEL_HINT.fullmatch(first)
        if not hint:
            self.lines.put_back([first])
        self.delimiter = hint["mark"] if hint else self._delimiter(declared)
        header = read_record(self.lines, self.delimiter, None)
        if header is None or header.problem:
            reason = header.problem if header else "is missing"
            raise FeedProblemError(f"{path}: the header row {reason}. Deliver the file again")
        self.columns = named_columns(path, header.values, declared)
        self.width = len(header.values)

    def _delimiter(self, declared: Sequence[str]) -> str:
        return best_delimiter(self._split_header, declared)

    def _split_header(self, delimiter: str) -> list[str]:
        taken: list[str] = []
        header = read_record(_Recorded(self.lines, taken), delimiter, None)
        self.lines.put_back(taken)
        return header.values if header else []

    def records(self) -> Iterator[Record]:
        """Yield what follows the header."""
        return read_records(self.lines, self.delimiter, self.width)


class _Recorded(Lines):
    """Lines that remember which of them were taken, so that a look ahead can be undone."""

    def __init__(self, lines: Lines, taken: list[str]) -> None:
        self.lines, self.taken = lines, taken

    def next(self) -> str:
        line = self.lines.next()
        if line:
            self.taken.append(line)
        return line

    def put_back(self, lines: list[str]) -> None:
        del self.taken[len(self.taken) - len(lines) :]
        self.lines.put_back(lines)


@dataclass(frozen=True)
class Header:
    """What the header row says.

    Attributes
    ----------
    columns
        Normalised name to position.
    width
        How many columns it has.
    delimiter
        Between its names.
    is_crlf
        The line ends with CR LF.
    """

    columns: dict[str, int]
    width: int
    delimiter: str
    is_crlf: bool


def read_header(path: Path, beginning: bytes, declared: Sequence[str]) -> Header | None:
    """Read the header out of a file's first bytes; None when that takes more than a glance.

    A header in one line of UTF-8 at the very beginning is what a glance sees.
    """
    line, end, _ = beginning.partition(b"\n")
    try:
        text = (line + end).decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    if not end or not text.strip() or "\0" in text or _EXCEL_HINT.fullmatch(text):
        return None
    if text.count('"') % 2 or "\r" in text.removesuffix("\r\n"):
        return None
    feed = TextFeed(path, io.StringIO(text, newline=""), declared)
    return Header(feed.columns, feed.width, feed.delimiter, text.endswith("\r\n"))
