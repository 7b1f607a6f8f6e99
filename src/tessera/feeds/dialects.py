"""What a header row says: which delimiter, and which columns."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from tessera.feeds.problems import FeedProblemError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

DELIMITERS = (",", ";", "\t", "|")

_BETWEEN_WORDS = re.compile(r"[\s.\-_\u00a0]+")
_ATTRIBUTE = re.compile(r"attr_[a-z0-9_]+")


def normalised_name(name: str) -> str:
    """Write a column's name as it is declared: small letters, words joined by underscores.

    Examples
    --------
    >>> [normalised_name(name) for name in ("Order ID", " ORDER-ID", "order.id ", "order_id")]
    ['order_id', 'order_id', 'order_id', 'order_id']
    """
    return _BETWEEN_WORDS.sub("_", name.strip().strip("\ufeff").strip()).lower()


def best_delimiter(split: Callable[[str], Sequence[str]], declared: Sequence[str]) -> str:
    """Choose the delimiter under which the header shows the most declared columns.

    The first of :data:`DELIMITERS` wins a tie.

    Parameters
    ----------
    split
        Gives the header's names under a delimiter.
    declared
        Names of the feed's columns.
    """
    known = set(declared)
    shown = [len(known & {normalised_name(name) for name in split(mark)}) for mark in DELIMITERS]
    return DELIMITERS[shown.index(max(shown))]


def named_columns(path: Path, header: Sequence[str], declared: Sequence[str]) -> dict[str, int]:
    """Return each name that the header shows, normalised, with its position from 0.

    Of columns that are not declared the first of a name is kept.

    Raises
    ------
    FeedProblemError
        Two columns mean the same declared column or attribute.
    """
    names = [normalised_name(name) for name in header]
    for name, count in Counter(names).items():
        if count > 1 and (name in declared or _ATTRIBUTE.fullmatch(name)):
            spellings = [f"'{given.strip()}'" for given in header if normalised_name(given) == name]
            raise FeedProblemError(
                f"{path}: the columns {' and '.join(spellings)} both mean {name}. "
                "Keep one of them, or rename the other"
            )
    positions: dict[str, int] = {}
    for position, name in enumerate(names):
        positions.setdefault(name, position)
    return positions
