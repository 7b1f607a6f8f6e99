"""Events of messages as the simulator divides them, a few at a time."""

import datetime as dt

import pyarrow as pa

from tessera.simulate.vendors.vendor_shop import VendorShop

NAMES = ("contact_id", "channel", "event", "email", "phone", "campaign_id")
DAY = dt.datetime(2024, 3, 1, 9, tzinfo=dt.UTC).replace(tzinfo=None)


def mailed(*rows):
    """A share of messages: (contact, channel, event, email, phone, campaign), a minute apart."""
    columns = dict(zip(NAMES, map(list, zip(*rows, strict=True)), strict=True))
    at = [DAY + dt.timedelta(minutes=place) for place in range(len(rows))]
    return pa.table(
        {name: pa.array(values, pa.string()) for name, values in columns.items()}
        | {
            "message_event_id": [f"M{place}" for place in range(len(rows))],
            "occurred_at": pa.array(at, pa.timestamp("us")),
            "recorded_at": pa.array(
                [each + dt.timedelta(seconds=5) for each in at], pa.timestamp("us")
            ),
        }
    )


def exported(writer, messages):
    """The tables that a writer makes of one block."""
    shop = VendorShop(0, {"messages": messages}, 7)
    return {name: table.to_pylist() for name, table in writer.exports(shop)}
