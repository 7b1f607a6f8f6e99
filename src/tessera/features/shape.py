"""The shape of a feature's name: as much of the grammar as a law over many features needs.

:func:`~tessera.features.grammar.parse_feature` knows every word and refuses a name with others.
Statistics are taken of whatever stands in the mart, a user's own features too, so this reads only
the end of a name, and calls what it cannot read a state.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tessera.features.words import SUBJECTS

AGGREGATES = (
    *("count", "distinct_count", "sum", "avg", "median", "min", "max", "std", "share", "rate"),
    *("trend", "entropy", "top_share", "overdue_ratio"),
)
"""The words between a measure and its window."""

_WINDOWED = re.compile(
    rf"(?P<base>.+?_(?P<aggregate>{'|'.join(AGGREGATES)}))_(?P<window>\d+d|lifetime)"
    r"(?P<against>_last_year|_over_(?P<long>\d+d|lifetime))?"
)
_RECENCY = re.compile(r"(?P<base>.+_(?P<aggregate>days_since_(?:first|last)))")
_DAYS_OF_A_YEAR = 365


@dataclass(frozen=True)
class Shape:
    """What the form of a feature's name says.

    Attributes
    ----------
    subject
        What it is about (``orders``): a subject of the grammar, else its first word.
    base
        The name without its windows: ``orders_count`` of ``orders_count_30d_over_180d``.
    form
        ``window`` (``lifetime`` too), ``comparison``, ``last_year``, ``recency``, or ``state``:
        anything else.
    aggregate
        ``count``, ``share``, ``days_since_last``, …; None for a state.
    reach_days
        How many days before the snapshot its oldest fact may lie; None when there is no limit.
    """

    subject: str
    base: str
    form: str
    aggregate: str | None
    reach_days: int | None


def read_shape(name: str) -> Shape:
    """Read the shape of any feature's name.

    >>> read_shape("orders_discounted_share_365d")
    Shape(subject='orders', base='orders_discounted_share', form='window', aggregate='share', \
reach_days=365)
    >>> read_shape("crm_country").form
    'state'
    """
    windowed = _WINDOWED.fullmatch(name)
    if windowed:
        return Shape(
            _subject(name),
            windowed["base"],
            _form(windowed),
            windowed["aggregate"],
            _reach(windowed),
        )
    recency = _RECENCY.fullmatch(name)
    if recency:
        return Shape(_subject(name), recency["base"], "recency", recency["aggregate"], None)
    return Shape(_subject(name), name, "state", None, None)


def _subject(name: str) -> str:
    known = [subject for subject in SUBJECTS if name.startswith(f"{subject}_")]
    return max(known, key=len) if known else name.split("_", maxsplit=1)[0]


def _form(windowed: re.Match[str]) -> str:
    if windowed["long"]:
        return "comparison"
    return "last_year" if windowed["against"] else "window"


def _reach(windowed: re.Match[str]) -> int | None:
    days = (windowed["long"] or windowed["window"]).removesuffix("d")
    if not days.isdigit():
        return None
    return int(days) + (_DAYS_OF_A_YEAR if windowed["against"] == "_last_year" else 0)
