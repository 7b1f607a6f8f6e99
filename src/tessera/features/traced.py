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
    sources
        Columns of core and identity it is made of or filtered by, as ``core.orders.amount``.
    sql
        Its expression, with the columns of CTEs written out.
    """

    version: str
    sources: frozenset[str]
    sql: str


@dataclass(frozen=True)
class Rows:
    """Which rows a query gives, whatever its columns: its sources, joins, filters and groups.

    Attributes
    ----------
    version
        Hash of everything that decides which rows there are.
    sources
        Columns of core and identity that they are chosen by.
    """

    version: str
    sources: frozenset[str]


def hashed(*texts: str) -> str:
    """Return a name for texts in their order, which can stand for a column in SQL."""
    return "v" + hashlib.sha256("\n".join(texts).encode()).hexdigest()[:24]
