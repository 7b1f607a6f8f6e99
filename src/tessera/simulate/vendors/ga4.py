"""GA4's export to BigQuery, of the browsers that it watches: nested, in microseconds, nobody named.

A purchase names the order when it can be told, ``(not set)`` when not. The last day was delivered
while it was running, too, and the day before it twice, as when late events have joined it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tessera.simulate.vendors.checkout import Checkout
from tessera.simulate.vendors.columns import micros, records, same_in_all, text
from tessera.simulate.vendors.nested import keyed_values, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from tessera.simulate.vendors.vendor_shop import VendorShop

DAY = 86_400_000_000
NOT_SET = "(not set)"
HOME = "https://shop.example/"
STREAM = "3206015529"


def exports(shop: VendorShop) -> Iterator[tuple[str, pa.Table]]:
    """Yield the events of a block: those of finished days, and those of the day that runs."""
    if "web_events" not in shop.feeds:
        return
    events = shop.feeds["web_events"]
    table = _events(events, shop)
    day = micros(events, "occurred_at").to_numpy() // DAY
    last = day.max(initial=0)
    finished = np.append(np.arange(len(day)), np.flatnonzero(day == last - 1))
    yield "events", table.take(pa.array(finished))
    yield "events_intraday", table.filter(pa.array(day == last))


def _events(events: pa.Table, shop: VendorShop) -> pa.Table:
    checkout = Checkout(shop.feeds["orders"], shop.feeds["order_lines"])
    order = checkout.orders_of(events)
    happened = micros(events, "occurred_at")
    count = events.num_rows
    return pa.table(
        {
            "event_date": pc.strftime(happened.cast(pa.timestamp("us")), format="%Y%m%d"),
            "event_timestamp": happened,
            "event_name": text(events, "event_name"),
            "event_params": _params(events, checkout, order),
            "event_server_timestamp_offset": pc.subtract(micros(events, "received_at"), happened),
            "user_id": text(events, "user_ref"),
            "user_pseudo_id": text(events, "anonymous_id"),
            "device": records(category=text(events, "device")),
            "collected_traffic_source": records(
                manual_source=text(events, "utm_source"),
                manual_medium=text(events, "utm_medium"),
                manual_campaign_name=text(events, "utm_campaign"),
            ),
            "stream_id": same_in_all(events, STREAM),
            "platform": same_in_all(events, "WEB"),
            "ecommerce": _ecommerce(events, checkout, order),
            "items": _items(events, checkout, order, shop.feeds["products"]),
            "batch_page_id": pa.array(np.asarray(happened) // 1_000),
            "batch_event_index": pa.array(np.arange(count) + 1),
        }
    )


def _params(events: pa.Table, checkout: Checkout, order: NDArray[np.int64]) -> pa.ListArray:
    """Return the parameters; the page before is told of every event, as GA4 does."""
    is_of_product = pc.is_valid(text(events, "product_id"))
    # GA4 numbers sessions: the letter in front of ours is lost
    session = pc.utf8_slice_codeunits(text(events, "session_ref"), start=1).cast(pa.int64())
    return keyed_values(
        strings={
            "page_location": text(events, "page_url"),
            "page_referrer": pc.fill_null(text(events, "referrer"), HOME),
            "search_term": text(events, "search_query"),
            "category": pc.if_else(is_of_product, None, text(events, "category")),
            "currency": text(checkout.orders, "currency").take(pa.array(order, mask=order < 0)),
        },
        numbers={"ga_session_id": session},
    )


def _ecommerce(events: pa.Table, checkout: Checkout, order: NDArray[np.int64]) -> pa.StructArray:
    rows = pa.array(order, mask=order < 0)
    revenue = events["revenue"].combine_chunks()
    is_purchase = pc.is_valid(revenue)
    order_id = text(checkout.orders, "order_id").take(rows)
    shipping = checkout.orders["shipping_amount"].combine_chunks().take(rows)
    return records(
        purchase_revenue=revenue,
        shipping_value=shipping,
        transaction_id=pc.if_else(is_purchase, pc.fill_null(order_id, NOT_SET), None),
    )


def _items(
    events: pa.Table, checkout: Checkout, order: NDArray[np.int64], products: pa.Table
) -> pa.ListArray:
    """Return what the events are about: one product, or all that was bought."""
    product = text(events, "product_id")
    viewed = np.flatnonzero(pc.is_valid(product))
    bought = [
        (row, line) for row in np.flatnonzero(order >= 0) for line in checkout.items_of(order[row])
    ]
    owner = np.append(viewed, np.array([row for row, _ in bought], np.int64)).astype(np.int64)
    lines = [line for _, line in bought]
    ids = [*product.take(pa.array(viewed)).to_pylist(), *(line["product_id"] for line in lines)]
    nothing = [None] * len(viewed)
    place = pc.index_in(pa.array(ids, pa.string()), text(products, "product_id"))
    category = text(events, "category").take(pa.array(viewed)).to_pylist()
    values = pa.StructArray.from_arrays(
        [
            pa.array(ids, pa.string()),
            text(products, "name").take(place),
            pa.repeat(pa.scalar(NOT_SET), len(ids)),
            pa.array([*category, *(None for _ in lines)], pa.string()),
            pa.array([*nothing, *(line["unit_price"] for line in lines)], pa.float64()),
            pa.array([*nothing, *(int(line["quantity"]) for line in lines)], pa.int64()),
        ],
        ["item_id", "item_name", "item_brand", "item_category", "price", "quantity"],
    )
    return listed(owner, events.num_rows, values)
