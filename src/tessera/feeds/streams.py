"""The bytes of a file, block by block, unpacked when it is gzipped: memory stays flat."""

from __future__ import annotations

import codecs
import gzip
import io
import os
import zlib
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any, cast

from tessera.feeds.problems import FeedProblemError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BLOCK = 1 << 22
"""Bytes looked at in one go."""

GZIP = b"\x1f\x8b"
FOREIGN = {
    b"PK\x03\x04": "an Excel or zip file: save it as CSV (UTF-8)",
    b"\xd0\xcf\x11\xe0": "an old Excel file: save it as CSV (UTF-8)",
    b"PAR1": "a Parquet file: let its name end in .parquet",
    b"%PDF": "a PDF: export the table as CSV (UTF-8)",
    b"SQLite format 3": "an SQLite database: export the table as CSV (UTF-8)",
}
"""How files begin that are often named .csv and are none."""

_CONTROL = bytes({*range(32)} - {*b"\0\t\n\x0b\x0c\r\x1b"})
_MOST_CONTROL_BYTES = 0.05


def is_gzipped(path: Path) -> bool:
    """Tell from the first bytes, not from the name."""
    with path.open("rb") as file:
        return file.read(2) == GZIP


def is_one_gzip(path: Path, size: int) -> bool:
    """Tell whether a gzip file holds ``size`` bytes in one piece, and nothing behind it.

    It then ends with that number (RFC 1952). Behind several pieces, or zeros that fill up a block
    of a tape, stands another.
    """
    with path.open("rb") as file:
        file.seek(-4, os.SEEK_END)
        return int.from_bytes(file.read(), "little") == size % (1 << 32)


class _FeedBytes(io.FileIO):
    """A feed's file. What fails elsewhere while it is open is none of its own faults."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            super().__init__(path)
        except OSError as error:
            raise self._problem(error) from error

    def readinto(self, buffer: Any) -> int | None:
        """Read as a file does, and name the file when that fails."""
        try:
            return super().readinto(buffer)
        except OSError as error:
            raise self._problem(error) from error

    def _problem(self, error: OSError) -> FeedProblemError:
        return FeedProblemError(
            f"{self.path}: cannot be read ({error.strerror or error}). Let the build read it"
        )


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """Open a file for reading its unpacked bytes.

    Raises
    ------
    FeedProblemError
        The file cannot be read, or breaks off while it is unpacked.
    """
    try:
        with io.BufferedReader(_FeedBytes(path)) as packed:
            is_packed = packed.read(2) == GZIP
            packed.seek(0)
            yield cast("IO[bytes]", gzip.GzipFile(fileobj=packed)) if is_packed else packed
    except EOFError as error:
        raise FeedProblemError(f"{path}: the gzip file is cut off. Deliver it again") from error
    except (gzip.BadGzipFile, zlib.error) as error:
        raise FeedProblemError(f"{path}: the gzip file is damaged. Deliver it again") from error


def blocks(path: Path) -> Iterator[bytes]:
    """Yield the unpacked bytes in blocks of :data:`BLOCK`."""
    with opened(path) as file:
        while block := file.read(BLOCK):
            yield block


def require_text(path: Path, beginning: bytes) -> None:
    """Refuse what is no text, judged by how it begins.

    Raises
    ------
    FeedProblemError
        The file is of another kind, or holds more control characters than a text does.
    """
    for magic, what in FOREIGN.items():
        if beginning.startswith(magic):
            raise FeedProblemError(f"{path}: is no CSV but {what}")
    if beginning.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return
    if beginning.count(0) > len(beginning) / 4:
        raise FeedProblemError(
            f"{path}: is not text, or is UTF-16 without a byte-order mark. Save it as CSV (UTF-8)"
        )
    control = len(beginning) - len(beginning.translate(None, _CONTROL))
    if control > _MOST_CONTROL_BYTES * len(beginning):
        raise FeedProblemError(f"{path}: is not text. Save it as CSV (UTF-8)")
