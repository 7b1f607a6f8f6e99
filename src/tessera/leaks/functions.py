"""Functions that give another answer tomorrow, or at each call, and those that take many rows."""

from __future__ import annotations

from sqlglot import exp

CLOCKS = frozenset(
    {
        "current_date",
        "current_localtime",
        "current_localtimestamp",
        "current_time",
        "current_timestamp",
        "get_current_time",
        "get_current_timestamp",
        "localtime",
        "localtimestamp",
        "now",
        "today",
        "transaction_timestamp",
    }
)
"""Functions that read a clock, by the names that SQL has for them."""

CHANCE = frozenset(
    {
        "currval",
        "gen_random_uuid",
        "nextval",
        "rand",
        "random",
        "setseed",
        "txid_current",
        "uuid",
        "uuidv4",
        "uuidv7",
    }
)
"""Functions that draw, or count calls."""

UNPARSED_AGGREGATES = frozenset(
    {
        "arbitrary",
        "bitstring_agg",
        "entropy",
        "favg",
        "fsum",
        "histogram",
        "kahan_sum",
        "list",
        "mad",
        "product",
        "reservoir_quantile",
        "sem",
        "sumkahan",
    }
)
"""Aggregates of DuckDB that the parser takes for plain functions."""


def function_name(node: exp.Expr) -> str:
    """Return the name of a function as SQL writes it, in small letters."""
    if isinstance(node, exp.Anonymous):
        return str(node.this).lower()
    return node.sql_name().lower() if isinstance(node, exp.Func) else ""


def reads_clock(node: exp.Expr) -> bool:
    """Tell whether a function reads a clock; an age without a second time is one up to today."""
    name = function_name(node)
    return name in CLOCKS or (name == "age" and len(node.expressions) == 1)


def is_drawn(node: exp.Expr) -> bool:
    """Tell whether a function, or a sample of rows, is left to chance."""
    return isinstance(node, exp.TableSample) or function_name(node) in CHANCE


def is_aggregate(node: exp.Expr) -> bool:
    """Tell whether a function takes the rows of a group together."""
    if isinstance(node, exp.AggFunc):
        return True
    return isinstance(node, exp.Anonymous) and function_name(node) in UNPARSED_AGGREGATES
