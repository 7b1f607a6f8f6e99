"""Odd orders that every shop has: tests, gifts at no price, returns as tills book them."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tessera.simulate.dirt.feed_columns import REFERENCES
from tessera.simulate.dirt.kinds import Changes, Kind, Outcome, Rows

MEAN_HOURS_BEFORE = 48.0
UNKNOWN_CURRENCY = "XTS"
"""The code that ISO 4217 reserves for testing: no bank quotes it."""


def _test_order(rows: Rows, _: str) -> Changes:
    """Somebody of the shop tries out the checkout."""
    changes: Changes = {
        "order_id": _prefixed("TEST-", rows, "order_id"),
        "channel": pa.array(["test"] * len(rows), pa.string()),
    }
    for name in REFERENCES:
        if name in rows.table.column_names:
            changes[name] = pa.nulls(len(rows), pa.string())
    changes["email"] = pa.array(
        [f"test@{place}.example.org" for place in rows.rng.integers(1, 4, len(rows))]
    )
    return changes


def _zero_price(rows: Rows, _: str) -> Changes:
    kind = rows.table.schema.field("unit_price").type
    return {"unit_price": pc.cast(pa.array(np.zeros(len(rows))), kind, safe=False)}


def _negative_quantity(rows: Rows, _: str) -> Changes:
    quantity = rows.table["quantity"].combine_chunks()
    return {"quantity": pc.negate(pc.abs(quantity))}


def _before_its_order(rows: Rows, _: str) -> Changes:
    """Let the return desk's list come in before the order it is about."""
    recorded = rows.times("recorded_at")
    hours = rows.rng.exponential(MEAN_HOURS_BEFORE, len(rows)) + 1
    earlier = recorded - (hours * 3_600).astype("timedelta64[s]").astype("timedelta64[us]")
    kind = rows.table.schema.field("recorded_at").type
    return {"recorded_at": pa.array(earlier).cast(kind)}


def _is_return(rows: Rows, _: str) -> pa.Array:
    if "is_return" in rows.table.column_names:
        return pc.fill_null(rows.table["is_return"].combine_chunks(), False)
    return pc.equal(rows.table["status"].combine_chunks(), "returned")


def _orphan(rows: Rows, _: str) -> Changes:
    return {"order_id": _prefixed("GONE-", rows, "order_id")}


def _unknown_currency(rows: Rows, _: str) -> Changes:
    return {"currency": pa.array([UNKNOWN_CURRENCY] * len(rows), pa.string())}


def _prefixed(prefix: str, rows: Rows, column: str) -> pa.Array:
    return pc.binary_join_element_wise(pa.scalar(prefix), rows.texts(column), "")


TEST_ORDERS = Kind(
    "test_order",
    Outcome.REJECTED,
    _test_order,
    takes=("email", "channel"),
    needs=("order_id",),
    is_added=True,
)
ZERO_PRICES = Kind("zero_price", Outcome.KEPT, _zero_price, needs=("unit_price",))
NEGATIVE_QUANTITIES = Kind(
    "negative_quantity", Outcome.KEPT, _negative_quantity, needs=("quantity",)
)
EARLY_RETURNED_ORDERS = Kind(
    "return_before_order",
    Outcome.KEPT,
    _before_its_order,
    needs=("status", "recorded_at"),
    eligible=_is_return,
)
EARLY_RETURNED_LINES = Kind(
    "return_before_order",
    Outcome.KEPT,
    _before_its_order,
    needs=("is_return", "recorded_at"),
    eligible=_is_return,
)
ORPHAN_LINES = Kind("line_without_order", Outcome.KEPT, _orphan, needs=("order_id",))
UNKNOWN_CURRENCIES = Kind(
    "currency_without_rate", Outcome.REJECTED, _unknown_currency, needs=("currency",)
)
