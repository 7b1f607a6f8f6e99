"""What was found by tracing a column, or the rows of a query, to where they come from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True)
class Traced:
    """What a column is made of.

    Attributes
    ----------
    version
        Hash of everything that decides its value.
    met
        What was met on the way: columns of core and identity it is made of or filtered by, as
        ``core.orders.amount``, and whole numbers that are written there, as ``90``.
    sql
        Its expression, with the columns of CTEs written out.
    """

    version: str
    met: frozenset[str]
    sql: str

    @property
    def sources(self) -> frozenset[str]:
        """The columns of core and identity."""
        return self.met - numbers_in(self.met)

    @property
    def numbers(self) -> frozenset[int]:
        """The whole numbers: edges of windows among them."""
        return frozenset(int(each) for each in numbers_in(self.met))


@dataclass(frozen=True)
class Rows:
    """Which rows a query gives, whatever its columns: its sources, joins, filters and groups.

    Attributes
    ----------
    version
        Hash of everything that decides which rows there are.
    met
        Columns of core and identity that they are chosen by, and whole numbers.
    """

    version: str
    met: frozenset[str]


def numbers_in(met: frozenset[str]) -> frozenset[str]:
    """Return the numbers among what was met, as they are written."""
    return frozenset(each for each in met if each.isdigit())


def hashed(*texts: str) -> str:
    """Return a name for texts in their order, which can stand for a column in SQL."""
    return "v" + hashlib.sha256("\n".join(texts).encode()).hexdigest()[:24]
