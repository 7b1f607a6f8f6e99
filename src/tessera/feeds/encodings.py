"""In which encoding a text file is written."""

from __future__ import annotations

import codecs
import re
from itertools import chain
from typing import TYPE_CHECKING

from tessera.feeds.streams import blocks

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

UTF8_MARK = codecs.BOM_UTF8
UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

_STRAY = re.compile("[\udc80-\udcff]")
_NOT_ASCII = re.compile("[^\x00-\x7f]")


def find_encoding(path: Path) -> str:
    """Return the Python name of a file's encoding, after a look at all of it.

    A byte-order mark decides. Without one the file is UTF-8 when most of what is not ASCII is
    well-formed UTF-8, so that a few damaged bytes damage a few lines only; otherwise it is
    Windows-1252, which has the printable characters of Latin-1, the euro sign and curly quotes.
    """
    parts = blocks(path)
    first = next(parts, b"")
    if first.startswith(UTF8_MARK):
        return "utf-8-sig"
    if first.startswith(UTF16_MARKS):
        return "utf-16"
    well_formed, stray = _non_ascii_characters(chain([first], parts))
    return "utf-8" if well_formed >= stray else "cp1252"


def _non_ascii_characters(parts: Iterable[bytes]) -> tuple[int, int]:
    """Count well-formed UTF-8 characters beyond ASCII, and bytes that belong to none."""
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    well_formed = stray = 0
    texts = (decoder.decode(block) for block in parts)
    for text in chain(texts, (decoder.decode(end, final=True) for end in [b""])):
        if not text.isascii():
            damaged = len(_STRAY.findall(text))
            stray += damaged
            well_formed += len(_NOT_ASCII.findall(text)) - damaged
    return well_formed, stray
