"""Segment's schema in a warehouse: pages, tracks, and a table of its own for each event.

An event stands in ``tracks`` without its properties and in its own table with them. Addresses that
were typed in are traits of the call; a device is what its browser calls itself.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from tessera.simulate.vendors.checkout import PURCHASE, Checkout
from tessera.simulate.vendors.columns import micros, respelled, text, titled

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from tessera.simulate.vendors.vendor_shop import VendorShop

PAGE_VIEW = "page_view"
NAMES = {
    "view_item": "Product Viewed",
    "add_to_cart": "Product Added",
    "remove_from_cart": "Product Removed",
    "search": "Products Searched",
    "begin_checkout": "Checkout Started",
    "purchase": "Order Completed",
    "login": "Signed In",
    "price_comparison": "Price Comparison",
}
"""Events with a table that the connector reads, by the shop's word for them, in Segment's words."""

_MOZILLA, _WEBKIT = "Mozilla/5.0", "AppleWebKit/605.1.15"
BROWSERS = {
    "desktop": f"{_MOZILLA} (Windows NT 10.0; Win64; x64) {_WEBKIT} Chrome/131.0.0.0 Safari/537.36",
    "mobile": f"{_MOZILLA} (iPhone; CPU iPhone OS 18_1 like Mac OS X) {_WEBKIT} Mobile/15E148",
    "tablet": f"{_MOZILLA} (iPad; CPU OS 18_1 like Mac OS X) {_WEBKIT} Version/18.1 Safari/604.1",
}
"""What browsers call themselves; a crawler is kept as what it says."""


def exports(shop: VendorShop) -> Iterator[tuple[str, pa.Table]]:
    """Yield pages, tracks, and the tables of single events of a block."""
    if "web_events" not in shop.feeds:
        return
    events = shop.feeds["web_events"]
    name = text(events, "event_name")
    is_page = pc.equal(name, PAGE_VIEW)
    yield "pages", _pages(events.filter(is_page))
    yield "tracks", _tracks(events.filter(pc.invert(is_page)))
    for ours, theirs in NAMES.items():
        table = _event_table(ours, events.filter(pc.equal(name, ours)), shop)
        yield slug(theirs), table


def slug(name: str) -> str:
    """Return the name of an event's table.

    Examples
    --------
    >>> slug("Order Completed")
    'order_completed'
    """
    return name.lower().replace(" ", "_")


def _calls(events: pa.Table) -> dict[str, pa.Array]:
    """Return the columns that every call has."""
    happened, received = (
        micros(events, name).cast(pa.timestamp("us")) for name in ("occurred_at", "received_at")
    )
    is_app = pc.equal(text(events, "device"), "app")
    return {
        "id": text(events, "event_id"),
        "anonymous_id": text(events, "anonymous_id"),
        "user_id": text(events, "user_ref"),
        "original_timestamp": happened,
        "timestamp": happened,
        "received_at": received,
        "uuid_ts": received,
        "context_page_url": text(events, "page_url"),
        "context_page_referrer": text(events, "referrer"),
        "context_campaign_source": text(events, "utm_source"),
        "context_campaign_medium": text(events, "utm_medium"),
        "context_campaign_name": text(events, "utm_campaign"),
        "context_session_id": text(events, "session_ref"),
        "context_traits_email": text(events, "email"),
        "context_user_agent": respelled(events, "device", lambda each: BROWSERS.get(each, each)),
        "context_device_type": pc.if_else(is_app, "ios", None),
    }


def _pages(events: pa.Table) -> pa.Table:
    own = {"url": "page_url", "referrer": "referrer", "category": "category"}
    return pa.table(_calls(events) | {name: text(events, feed) for name, feed in own.items()})


def _tracks(events: pa.Table) -> pa.Table:
    names = {
        "event": respelled(events, "event_name", lambda name: slug(_words(name))),
        "event_text": respelled(events, "event_name", _words),
    }
    return pa.table(_calls(events) | names)


def _words(name: str) -> str:
    return NAMES.get(name, titled(name))


def _event_table(name: str, events: pa.Table, shop: VendorShop) -> pa.Table:
    own = {"product_id": "product_id", "category": "category", "query": "search_query"}
    columns = {column: text(events, feed) for column, feed in own.items()}
    table = _tracks(events)
    for column, values in columns.items():
        table = table.append_column(column, values)
    return _with_orders(table, events, shop) if name == PURCHASE else table


def _with_orders(table: pa.Table, events: pa.Table, shop: VendorShop) -> pa.Table:
    """Return the table of placed orders with what the shop knew of them then."""
    checkout = Checkout(shop.feeds["orders"], shop.feeds["order_lines"])
    order = checkout.orders_of(events)
    rows = pa.array(order, mask=order < 0)
    told = {"order_id": "order_id", "currency": "currency", "shipping": "shipping_amount"}
    for column, feed in (told | {"discount": "discount_amount"}).items():
        table = table.append_column(column, checkout.orders[feed].combine_chunks().take(rows))
    paid = pc.add(events["revenue"].combine_chunks(), pc.fill_null(table["shipping"], 0.0))
    table = table.append_column("subtotal", events["revenue"])
    table = table.append_column("total", pc.round(paid, 2))
    return table.append_column("products", pa.array(_products(checkout, order), pa.string()))


def _products(checkout: Checkout, order: NDArray[np.int64]) -> list[str | None]:
    """Return what was bought as Segment keeps lists: as text."""
    return [
        json.dumps(
            [
                {
                    "product_id": line["product_id"],
                    "price": line["unit_price"],
                    "quantity": line["quantity"],
                }
                for line in checkout.items_of(row)
            ]
        )
        if row >= 0
        else None
        for row in order.tolist()
    ]
