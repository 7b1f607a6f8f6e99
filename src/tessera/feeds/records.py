"""Records out of lines that may be misshapen: what cannot be read is told apart, line by line.

The rules of RFC 4180, and what follows when a file breaks them: a quoted value that never closes
costs the line in which it opens, not the rest of the file.
"""

from __future__ import annotations

import re
from collections import deque
from typing import IO, TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_RECORD = 1 << 24
"""Characters of the longest record that is read, 16 M: a limit only so that memory has one."""

QUOTE = '"'
NEVER_CLOSED = "opens a quoted value and never closes it"

_DAMAGED = re.compile("[\ud800-\udfff]")


class Record(NamedTuple):
    """One row of a file, the header not among them.

    Attributes
    ----------
    values
        As many as the header has columns; empty when the line is misshapen.
    problem
        Why the line is misshapen, in words; None for a good record.
    line
        The first line of a misshapen record.
    """

    values: list[str]
    problem: str | None = None
    line: str = ""


class Lines:
    r"""The lines of a text, some of which may be put back and read again.

    A line ends with ``\n``, ``\r\n`` or ``\r``, which stays; NUL characters are left out, they
    carry no text. A line longer than :data:`LONGEST_RECORD` comes in pieces.
    """

    def __init__(self, text: IO[str]) -> None:
        self.text = text
        self.waiting: deque[str] = deque()

    def next(self) -> str:
        """Return the next line; an empty text at the end."""
        if self.waiting:
            return self.waiting.popleft()
        line = self._read()
        while line and not line.strip("\0"):
            line = self._read()
        return line.replace("\0", "")

    def _read(self) -> str:
        try:
            return self.text.readline(LONGEST_RECORD)
        except UnicodeDecodeError:  # UTF-16 that breaks off within a character
            self.text.close()
            return "\udcff"
        except ValueError:  # closed: see above
            return ""

    def put_back(self, lines: list[str]) -> None:
        """Let these lines be the next ones."""
        self.waiting.extendleft(reversed(lines))


class _OpenRecord:
    """A record that is being read, line by line."""

    def __init__(self, delimiter: str) -> None:
        self.delimiter = delimiter
        self.values: list[str] = []
        self.parts: list[str] = []
        self.is_open = False
        self.is_broken = False

    def take(self, line: str) -> None:
        """Read one line; afterwards the record is complete, open (in a quoted value) or broken."""
        body = line.rstrip("\r\n")
        place = self._quoted(line, body, 0) if self.is_open else self._value(line, body, 0)
        while place is not None:
            place = self._value(line, body, place)

    def _value(self, line: str, body: str, place: int) -> int | None:
        """Read the value at ``place``; return where the next begins, None at the end."""
        if body.startswith(QUOTE, place):
            return self._quoted(line, body, place + 1)
        end = body.find(self.delimiter, place)
        self.values.append(body[place:] if end < 0 else body[place:end])
        return None if end < 0 else end + 1

    def _quoted(self, line: str, body: str, place: int) -> int | None:
        """Read on within a quoted value."""
        self.is_open = True
        close = line.find(QUOTE, place)
        while close >= 0 and line.startswith(QUOTE, close + 1):
            self.parts.append(line[place : close + 1])
            place = close + 2
            close = line.find(QUOTE, place)
        if close < 0:
            self.parts.append(line[place:])
            return None
        self.values.append("".join(self.parts) + line[place:close])
        self.parts, self.is_open = [], False
        after = close + 1
        self.is_broken = after < len(body) and not body.startswith(self.delimiter, after)
        return None if self.is_broken or after >= len(body) else after + 1


def read_record(lines: Lines, delimiter: str, width: int | None) -> Record | None:
    """Read the next record; None at the end.

    Parameters
    ----------
    lines
        Where reading goes on. Blank lines between records are no records.
    delimiter
        One character.
    width
        How many values a record must have; None for the header, which says it.
    """
    first = lines.next()
    while first and not first.strip("\r\n"):
        first = lines.next()
    if not first:
        return None
    if len(first) >= LONGEST_RECORD:
        return _overlong(lines, first)
    if QUOTE not in first:
        return _judged(first.rstrip("\r\n").split(delimiter), first, width)
    taken = [first]
    record = _OpenRecord(delimiter)
    record.take(first)
    length = len(first)
    while record.is_open and not record.is_broken and length < LONGEST_RECORD:
        if width is not None and len(record.values) > width:
            break
        line = lines.next()
        if not line:
            break
        record.take(line)
        taken.append(line)
        length += len(line)
    return _closed(lines, record, taken, width)


def _closed(lines: Lines, record: _OpenRecord, taken: list[str], width: int | None) -> Record:
    """Judge a record with quotes; lines that a broken one has swallowed are put back."""
    if record.is_open:
        judged = Record([], NEVER_CLOSED, taken[0])
    elif record.is_broken:
        judged = Record([], "has text after the closing quote of a value", taken[0])
    else:
        judged = _judged(record.values, "".join(taken), width)
    if judged.problem and len(taken) > 1:
        lines.put_back(taken[1:])
        return Record([], NEVER_CLOSED, taken[0])
    return judged


def _judged(values: list[str], text: str, width: int | None) -> Record:
    if not text.isascii() and _DAMAGED.search(text):
        return Record([], "holds bytes that are not of the file's encoding", text)
    if width is None or len(values) == width:
        return Record(values)
    if len(values) > width and not any(values[width:]):
        return Record(values[:width])
    number = f"{len(values)} value" + ("s" if len(values) > 1 else "")
    return Record([], f"has {number} where the header has {width}", text)


def _overlong(lines: Lines, first: str) -> Record:
    line = first
    while line and not line.endswith(("\n", "\r")):
        line = lines.next()
    return Record([], f"is longer than {LONGEST_RECORD:,} characters", first[:100])


def read_records(lines: Lines, delimiter: str, width: int) -> Iterator[Record]:
    """Yield the records that follow the header."""
    while record := read_record(lines, delimiter, width):
        yield record
