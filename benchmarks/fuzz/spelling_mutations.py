"""Other programs' CSV: separators, line ends, encodings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

    from benchmarks.fuzz.feed_table import Spelling


def other_delimiter(rng: Random, spelling: Spelling) -> Spelling:
    """Separate with what another program separates with."""
    return replace(spelling, delimiter=rng.choice((";", "\t", "|", ":", " ")))


def other_line_ends(rng: Random, spelling: Spelling) -> Spelling:
    """End lines as Windows or an old Macintosh does."""
    return replace(spelling, newline=rng.choice(("\r\n", "\r")))


def other_encoding(rng: Random, spelling: Spelling) -> Spelling:
    """Write in another encoding."""
    encodings = ("utf-8-sig", "latin-1", "cp1252", "utf-16", "utf-16-le", "utf-32", "cp037")
    return replace(spelling, encoding=rng.choice(encodings))


def quote_all(_: Random, spelling: Spelling) -> Spelling:
    """Quote every value."""
    return replace(spelling, is_all_quoted=True)


def no_last_line_end(_: Random, spelling: Spelling) -> Spelling:
    """End without a line end."""
    return replace(spelling, is_newline_last=False)


SPELLING_MUTATIONS = {
    mutation.__name__: mutation
    for mutation in (other_delimiter, other_line_ends, other_encoding, quote_all, no_last_line_end)
}
