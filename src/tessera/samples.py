"""Samples of customers that DuckDB takes, by the numbers that :mod:`tessera.hashing` draws.

A million customers with all their features are 3 GB: who looks at a few thousand reads these alone.
"""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from duckdb import ColumnExpression, ConstantExpression, FunctionExpression

from tessera import frames
from tessera.hashing import SHARE_DIGITS

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd


def read_sample(relation: Any, rows: int, purpose: str, among: Iterable[str] = ()) -> pd.DataFrame:
    """Read the rows whose customers drew the lowest numbers.

    Parameters
    ----------
    relation
        What ``dbt.ref("scoring_set")`` returns: a row per customer.
    rows
        How many, at most.
    purpose
        What the numbers are for, as in :func:`tessera.hashing.hashed_shares`.
    among
        Boolean columns: for each, as many of those rows where it holds. None: of all rows.

    Returns
    -------
    DataFrame
        In the order of snapshot and customer.
    """
    groups = [ColumnExpression(name) for name in among] or [ConstantExpression(value=True)]
    chosen = [_chosen(relation, group, rows, purpose) for group in groups]
    return frames.read(relation.filter(reduce(or_, chosen)), frames.SNAPSHOT_ORDER)


def border(relation: Any, rows: int, purpose: str) -> str | None:
    """Return the number below which customers have that many rows at most; None: all have fewer."""
    found = relation.select(number(purpose).alias("number")).order("number").limit(1, rows)
    first_beyond = found.fetchall()
    return str(first_beyond[0][0]) if first_beyond else None


def number(purpose: str) -> Any:
    """Return each customer's number as hexadecimal digits, which sort as the number does."""
    name = FunctionExpression(
        "concat", ConstantExpression(f"{purpose}:"), ColumnExpression("customer_id")
    )
    digits = ConstantExpression(1), ConstantExpression(SHARE_DIGITS)
    return FunctionExpression("substr", FunctionExpression("md5", name), *digits)


def _chosen(relation: Any, is_asked: Any, rows: int, purpose: str) -> Any:
    beyond = border(relation.filter(is_asked), rows, purpose)
    return is_asked if beyond is None else is_asked & (number(purpose) < ConstantExpression(beyond))
