"""Shopify: the shop's orders, lines and products as its Admin API tells them, one table each.

Shopify keeps an order as it stands today and dates what became of it: an order is one row, and what
was paid back is a refund with lines of its own. Ids and money are text, times are New York's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tessera.simulate.rows import money, repeated
from tessera.simulate.vendors.shopify_books import KEPT, Books
from tessera.simulate.vendors.shopify_notation import amounts, joined, times

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from tessera.simulate.vendors.vendor_shop import VendorShop

FORMATS = {"refund": "csv", "order_line_refund": "ndjson"}
CONNECTOR_FIELDS = {
    "shopify.orders": {
        "store_id": "metafield_custom_store",
        "cost_amount": "metafield_custom_cost",
    },
    "shopify.products": {
        "subcategory": "metafield_custom_subcategory",
        "department": "metafield_custom_department",
    },
}
"""What Shopify has no field for, a shop keeps in metafields."""

SOURCES = {"web": "web", "app": "iphone", "store": "pos"}
"""What Shopify calls what takes an order."""

_TEST_ORDER = "99"
"""Before the id of the order that the shop placed to try its checkout."""


def exports(shop: VendorShop) -> Iterator[tuple[str, pa.Table]]:
    """Yield (table, rows) of one block of people."""
    if shop.number is None:
        yield "product", _products(shop.feeds["products"])
        return
    books = Books(shop.feeds["orders"], shop.feeds["order_lines"])
    orders = _orders(books.placed, books.today)
    early = _orders(books.overtaken, books.overtaken)
    yield "order", pa.concat_tables([early, orders, _test_order(orders)])
    yield "customer", _customers(books.placed)
    yield "order_shipping_line", _shipping(books.placed)
    yield "order_line", _lines(books.bought)
    yield "discount_allocation", _discounts(books.bought)
    yield "refund", _refunds(books)
    yield "order_line_refund", _refunded_lines(books)


def _orders(placed: pa.Table, today: pa.Table) -> pa.Table:
    """Return one row per order: when it was placed, and how it stands."""
    count = len(placed)
    amount, discount = placed["amount"], placed["discount_amount"]
    status = today["status"].cast(pa.string())
    is_cancelled = pc.equal(status, "cancelled")
    channel = placed["channel"].cast(pa.string()).to_pylist()
    return pa.table(
        {
            "id": placed["order_id"],
            "name": joined("#", placed["order_id"]),
            "email": placed["email"],
            "phone": placed["phone"],
            "customer_id": placed["customer_ref"],
            "source_name": pa.array([SOURCES[word] for word in channel], pa.string()),
            "currency": placed["currency"].cast(pa.string()),
            "presentment_currency": placed["currency"].cast(pa.string()),
            "subtotal_price": amounts(amount),
            "total_line_items_price": amounts(pc.add(amount, discount)),
            "total_discounts": amounts(discount),
            "total_tax": repeated("0.00", count),
            "taxes_included": pa.repeat(pa.scalar(value=False), count),
            "total_price": amounts(pc.add(amount, placed["shipping_amount"])),
            "financial_status": _financial_status(placed, today),
            "cancelled_at": pc.if_else(is_cancelled, times(today["recorded_at"]), None),
            "processed_at": times(placed["ordered_at"]),
            "created_at": times(placed["recorded_at"]),
            "updated_at": times(today["recorded_at"]),
            "test": pa.repeat(pa.scalar(value=False), count),
            "metafield_custom_store": today["store_id"].cast(pa.string()),
            "metafield_custom_cost": amounts(placed["cost_amount"]),
            "_fivetran_deleted": pa.repeat(pa.scalar(value=False), count),
        }
    )


def _financial_status(placed: pa.Table, today: pa.Table) -> pa.Array:
    is_kept = pc.equal(today["status"].cast(pa.string()), KEPT)
    is_whole = pc.equal(today["amount"], placed["amount"])
    return pc.if_else(is_kept, pc.if_else(is_whole, "paid", "partially_refunded"), "refunded")


def _test_order(orders: pa.Table) -> pa.Table:
    """Return an order with which the shop tried its own checkout: the first of the block again."""
    first = orders.slice(0, 1)
    told = {name: first[name] for name in first.column_names}
    told["id"] = joined(_TEST_ORDER, first["id"])
    told["test"] = pa.array([True] * len(first), pa.bool_())
    return pa.table(told, schema=orders.schema)


def _customers(placed: pa.Table) -> pa.Table:
    """Return one row per account: when it first bought, and nothing of who it is."""
    accounts = pa.table({"id": placed["customer_ref"], "created_at": placed["recorded_at"]})
    known = accounts.filter(pc.is_valid(accounts["id"]))
    first = known.group_by("id", use_threads=False).aggregate([("created_at", "min")])
    nothing = pa.nulls(len(first), pa.string())
    return pa.table(
        {
            "id": first["id"],
            "email": nothing,
            "phone": nothing,
            "first_name": nothing,
            "last_name": nothing,
            "state": repeated("enabled", len(first)),
            "created_at": times(first["created_at_min"]),
            "updated_at": times(first["created_at_min"]),
        }
    )


def _shipping(placed: pa.Table) -> pa.Table:
    charged = amounts(placed["shipping_amount"])
    return pa.table(
        {
            "id": joined(placed["order_id"], "5"),
            "order_id": placed["order_id"],
            "price": charged,
            "discounted_price": charged,
        }
    )


def _lines(bought: pa.Table) -> pa.Table:
    return pa.table(
        {
            "id": _line_ids(bought),
            "order_id": bought["order_id"],
            "product_id": bought["product_id"],
            "quantity": _units(bought["quantity"]),
            "price": amounts(bought["unit_price"]),
            "total_discount": repeated("0.00", len(bought)),
        }
    )


def _discounts(bought: pa.Table) -> pa.Table:
    """Return each line's part of its order's discount, which Shopify keeps off the line itself."""
    reduced = bought.filter(pc.greater(bought["discount_amount"], 0))
    return pa.table(
        {
            "order_line_id": _line_ids(reduced),
            "index": repeated("0", len(reduced)),
            "amount": amounts(reduced["discount_amount"]),
        }
    )


def _refunds(books: Books) -> pa.Table:
    settled = books.settled
    day = times(settled["recorded_at"])
    return pa.table(
        {
            "id": joined(settled["order_id"], "7"),
            "order_id": settled["order_id"],
            "created_at": day,
            "processed_at": day,
        }
    )


def _refunded_lines(books: Books) -> pa.Table:
    """Return all lines of orders that ended, and the first line of those that came back in part."""
    settled = books.settled
    ended = settled.filter(pc.not_equal(settled["status"].cast(pa.string()), KEPT))
    whole = books.bought.filter(pc.is_in(books.bought["order_id"], ended["order_id"]))
    part = books.returned
    lines = pa.concat_arrays([_line_ids(whole), joined(part["order_id"], "001")])
    order = pa.concat_arrays([each["order_id"].combine_chunks() for each in (whole, part)])
    quantity = np.abs(np.concatenate([each["quantity"].to_numpy() for each in (whole, part)]))
    price = np.concatenate([each["unit_price"].to_numpy() for each in (whole, part)])
    discount = np.concatenate([each["discount_amount"].to_numpy() for each in (whole, part)])
    is_unsent = pc.is_in(order, ended.filter(pc.equal(ended["status"], "cancelled"))["order_id"])
    return pa.table(
        {
            "id": joined(lines, "7"),
            "refund_id": joined(order, "7"),
            "order_line_id": lines,
            "quantity": _units(quantity),
            "subtotal": amounts(money(quantity * price - discount)),
            "restock_type": pc.if_else(is_unsent, "cancel", "return"),
        }
    )


def _products(products: pa.Table) -> pa.Table:
    return pa.table(
        {
            "id": products["product_id"],
            "title": products["name"],
            "product_type": products["category"],
            "vendor": products["brand"],
            "metafield_custom_subcategory": products["subcategory"],
            "metafield_custom_department": products["department"],
        }
    )


def _line_ids(lines: pa.Table) -> pa.Array:
    """Return ids of lines, in the order of the lines' numbers."""
    number = pc.utf8_lpad(lines["line_number"].cast(pa.string()), 3, "0")
    return joined(lines["order_id"], number)


def _units(quantity: pa.Array | NDArray[np.float64]) -> pa.Array:
    return pa.array(np.asarray(quantity)).cast(pa.int64())
