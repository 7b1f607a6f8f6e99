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


def meant_name(name: str, declared: Sequence[str]) -> str:
    """Return the declared column that a name means, else the name as it would be declared.

    Words may also be joined otherwise than declared.

    Examples
    --------
    >>> [meant_name(name, ["order_id", "email"]) for name in ("OrderId", "E-Mail", "Size")]
    ['order_id', 'email', 'size']
    """
    spelled = normalised_name(name)
    if spelled in declared:
        return spelled
    same = [each for each in declared if each.replace("_", "") == spelled.replace("_", "")]
    return same[0] if len(same) == 1 else spelled


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
    meant = [{meant_name(name, declared) for name in split(mark)} for mark in DELIMITERS]
    shown = [len(known & names) for names in meant]
    return DELIMITERS[shown.index(max(shown))]


def named_columns(path: Path, header: Sequence[str], declared: Sequence[str]) -> dict[str, int]:
    """Return each name that the header shows, normalised, with its position from 0.

    Of columns that are not declared the first of a name is kept.

    Raises
    ------
    FeedProblemError
        Two columns mean the same declared column or attribute.
    """
    names = [meant_name(name, declared) for name in header]
    for name, count in Counter(names).items():
        if count > 1 and (name in declared or _ATTRIBUTE.fullmatch(name)):
            given = [spelled for spelled, meant in zip(header, names, strict=True) if meant == name]
            spellings = [f"'{spelled.strip()}'" for spelled in given]
            raise FeedProblemError(
                f"{path}: the columns {' and '.join(spellings)} both mean {name}. "
                "Keep one of them, or rename the other"
            )
    positions: dict[str, int] = {}
    for position, name in enumerate(names):
        positions.setdefault(name, position)
    return positions
