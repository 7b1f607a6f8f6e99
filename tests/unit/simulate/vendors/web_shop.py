"""A shop of one order and a few events, for the writers of trackers."""

from datetime import UTC, datetime

import pyarrow as pa

from tessera.simulate.vendors.vendor_shop import VendorShop

NOON = datetime(2024, 3, 1, 12, tzinfo=UTC).replace(tzinfo=None)
TEXTS = [
    "event_id",
    "event_name",
    "anonymous_id",
    "device_id",
    "user_ref",
    "email",
    "page_url",
    "product_id",
    "category",
    "search_query",
    "device",
    "referrer",
    "utm_source",
    "utm_medium",
    "utm_campaign",
]

ORDERS = pa.table(
    {
        "order_id": ["17"],
        "ordered_at": pa.array([NOON], pa.timestamp("us")),
        "amount": [20.0],
        "currency": ["EUR"],
        "shipping_amount": [4.95],
        "discount_amount": [1.0],
    }
)
LINES = pa.table(
    {
        "order_id": ["17", "17"],
        "product_id": ["7", "7"],
        "quantity": [2.0, -1.0],
        "unit_price": [10.5, 10.5],
        "discount_amount": [1.0, 0.5],
    }
)
PRODUCTS = pa.table({"product_id": ["7"], "name": ["Red shoe"]})


def web_events(*rows):
    """Return events: a row says what differs from an event of nothing, at noon."""
    columns = {name: pa.array([row.get(name) for row in rows], pa.string()) for name in TEXTS}
    columns["session_ref"] = pa.array([row.get("session_ref", "S5") for row in rows])
    times = {
        name: pa.array([row.get(name, NOON) for row in rows], pa.timestamp("us"))
        for name in ("occurred_at", "received_at")
    }
    revenue = pa.array([row.get("revenue") for row in rows], pa.float64())
    return pa.table(columns | times | {"revenue": revenue})


def exported(writer, *rows):
    """Return what a writer makes of events: the rows of each table."""
    feeds = {
        "web_events": web_events(*rows),
        "orders": ORDERS,
        "order_lines": LINES,
        "products": PRODUCTS,
    }
    shop = VendorShop(0, feeds, seed=7)
    return {name: table.to_pylist() for name, table in writer.exports(shop)}
