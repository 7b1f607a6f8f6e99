"""Klaviyo's export: events of profiles under the names of metrics, as loaders lay them flat.

Klaviyo has no metric for a send. This company logs its own, under ``Email Sent`` and ``SMS Sent``.
A flow writes what follows an order, campaigns write texts; both are called what the rest of the
company calls them. A profile says whose contact record it is by its ``external_id``.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tessera.simulate.vendors.division import FOLLOW_UP
from tessera.simulate.vendors.mail_columns import by_value, iso_times, mapped, short_hash, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tessera.simulate.vendors.vendor_shop import VendorShop

CONNECTOR_FIELDS: dict[str, dict[str, str]] = {
    "klaviyo.campaigns": {"campaign_id": "attributes.name"},
    "klaviyo.flows": {"campaign_id": "name"},
}
"""What campaigns and flows are called elsewhere."""

METRICS = {
    "email sent": "Email Sent",
    "email delivered": "Received Email",
    "email bounced": "Bounced Email",
    "email opened": "Opened Email",
    "email clicked": "Clicked Email",
    "email complained": "Marked Email as Spam",
    "email unsubscribed": "Unsubscribed from Email Marketing",
    "sms sent": "SMS Sent",
    "sms delivered": "Received SMS",
    "sms bounced": "Failed to Deliver SMS",
    "sms clicked": "Clicked SMS",
    "sms unsubscribed": "Unsubscribed from SMS Marketing",
}
"""The metric of each channel's event."""

_PROFILE, _SHORT = 22, 6


def exports(shop: VendorShop) -> Iterator[tuple[str, pa.Table]]:
    """Yield the tables of one block of people; the metrics belong to the shop as a whole."""
    if shop.number is None:
        yield "metrics", _metrics()
        return
    messages = shop.feeds["messages"]
    yield "profiles", _profiles(messages)
    yield "events", _events(messages)
    is_flow = pc.equal(texts(messages["campaign_id"]), FOLLOW_UP)
    yield "flows", _flows(messages.filter(is_flow))
    yield "campaigns", _campaigns(messages.filter(pc.invert(is_flow)))


def _metrics() -> pa.Table:
    """Return one row per metric."""
    names = pa.array(list(METRICS.values()))
    return pa.table({"id": by_value(names, _own_id), "name": names})


def _own_id(text: str) -> str:
    return short_hash(text, _SHORT)


def _profile_id(contact_id: str) -> str:
    """Return an id of the length that Klaviyo's have."""
    return f"01KL{short_hash(contact_id, _PROFILE).upper()}"


def _events(messages: pa.Table) -> pa.Table:
    """Return one row per event: when it happened, and when Klaviyo recorded it."""
    said = pc.binary_join_element_wise(texts(messages["channel"]), texts(messages["event"]), " ")
    metric, name = mapped(said, METRICS), texts(messages["campaign_id"])
    is_flow, called = pc.equal(name, FOLLOW_UP), by_value(name, _own_id)
    return pa.table(
        {
            "id": texts(messages["message_event_id"]),
            "person_id": by_value(messages["contact_id"], _profile_id),
            "metric_id": by_value(metric, _own_id),
            "type": metric,
            "timestamp": messages["occurred_at"],
            "datetime": messages["recorded_at"],
            "campaign_id": pc.if_else(is_flow, None, called),
            "flow_id": pc.if_else(is_flow, called, None),
            "property_recipient_email_address": texts(messages["email"]),
            "property_to_number": texts(messages["phone"]),
            "_fivetran_deleted": pa.array(np.zeros(len(messages), bool)),
        }
    )


def _profiles(messages: pa.Table) -> pa.Table:
    """Return one row per person written to; what is known of a person is kept elsewhere."""
    contact = pc.unique(texts(messages["contact_id"])).sort()
    return pa.table(
        {
            "type": pa.repeat("profile", len(contact)),
            "id": by_value(contact, _profile_id),
            "attributes": by_value(contact, lambda each: json.dumps({"external_id": each})),
        }
    )


def _flows(messages: pa.Table) -> pa.Table:
    """Return one row per flow; another block may tell it again."""
    begun = _begun(messages)
    return pa.table(
        {
            "id": by_value(begun["name"], _own_id),
            "name": begun["name"],
            "status": pa.repeat("live", len(begun)),
            "created": begun["at_min"],
        }
    )


def _campaigns(messages: pa.Table) -> pa.Table:
    """Return one row per campaign; another block may tell it again."""
    begun = _begun(messages)
    attributes = [
        json.dumps({"name": name, "status": "Sent", "channel": "sms", "send_time": at})
        for name, at in zip(begun["name"].to_pylist(), begun["at_min"].to_pylist(), strict=True)
    ]
    return pa.table(
        {
            "type": pa.repeat("campaign", len(begun)),
            "id": by_value(begun["name"], _own_id),
            "attributes": pa.array(attributes, pa.string()),
        }
    )


def _begun(messages: pa.Table) -> pa.Table:
    """Return the campaigns of messages, by name, and the first event of each."""
    said = {"name": texts(messages["campaign_id"]), "at": iso_times(messages["occurred_at"])}
    return pa.table(said).group_by("name").aggregate([("at", "min")]).sort_by("name")
