"""Mixpanel's raw export, of the shop's app: a line of JSON for each event, one for each profile.

A profile says only when it was last seen: what is known of people lies elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from tessera.simulate.vendors.columns import micros, records, respelled, same_in_all, text, titled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tessera.simulate.vendors.vendor_shop import VendorShop

FORMATS = {"events": "ndjson", "people": "ndjson"}


def exports(shop: VendorShop) -> Iterator[tuple[str, pa.Table]]:
    """Yield the events of a block, and the profiles of those who signed in."""
    if "web_events" not in shop.feeds:
        return
    events = shop.feeds["web_events"]
    yield "events", _events(events)
    yield "people", _people(events)


def _events(events: pa.Table) -> pa.Table:
    device, user = text(events, "device_id"), text(events, "user_ref")
    unnamed = pc.binary_join_element_wise(same_in_all(events, "$device"), device, ":")
    told = {
        "time": _milliseconds(events, "occurred_at"),
        "distinct_id": pc.coalesce(user, unnamed),
        "$insert_id": text(events, "event_id"),
        "$device_id": device,
        "$user_id": user,
        "mp_processing_time_ms": _milliseconds(events, "received_at"),
        "mp_lib": same_in_all(events, "android"),
        "$os": same_in_all(events, "Android"),
        "$email": text(events, "email"),
        "$current_url": text(events, "page_url"),
        "$referrer": text(events, "referrer"),
        "utm_source": text(events, "utm_source"),
        "utm_medium": text(events, "utm_medium"),
        "utm_campaign": text(events, "utm_campaign"),
        "session_id": text(events, "session_ref"),
        "product_id": text(events, "product_id"),
        "category": text(events, "category"),
        "search_query": text(events, "search_query"),
        "revenue": events["revenue"],
    }
    return pa.table(
        {"event": respelled(events, "event_name", titled), "properties": records(**told)}
    )


def _milliseconds(events: pa.Table, name: str) -> pa.Int64Array:
    return pc.divide(micros(events, name), 1_000)


def _people(events: pa.Table) -> pa.Table:
    """Return who was seen, and when last; in the order of their ids."""
    seen = pa.table({"user": text(events, "user_ref"), "at": events["occurred_at"]}).filter(
        pc.is_valid(text(events, "user_ref"))
    )
    last = seen.group_by("user").aggregate([("at", "max")]).sort_by("user")
    second = pc.floor_temporal(last["at_max"], unit="second").cast(pa.timestamp("s"))
    at = pc.strftime(second, format="%Y-%m-%dT%H:%M:%S")
    return pa.table({"$distinct_id": last["user"], "$properties": records(**{"$last_seen": at})})
