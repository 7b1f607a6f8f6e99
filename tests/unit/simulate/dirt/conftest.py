"""Clean orders and clean web events, a thousand rows each, that can be checked in the head."""

import numpy as np
import pyarrow as pa
import pytest

ROWS = 1_000
AS_OF = np.datetime64("2026-01-01", "us")
FIRST = np.datetime64("2025-01-01T10:00", "us")


def times(count, minutes):
    return pa.array(FIRST + np.arange(count) * np.timedelta64(minutes, "m"))


@pytest.fixture
def orders():
    ordered_at = times(ROWS, 60)
    return pa.table(
        {
            "order_id": [f"O{number}" for number in range(ROWS)],
            "email": [f"p{number % 50}@example.org" for number in range(ROWS)],
            "user_ref": [None if number % 2 else f"U{number % 50}" for number in range(ROWS)],
            "ordered_at": ordered_at,
            "amount": pa.array(np.arange(ROWS) + 0.5),
            "discount_amount": pa.array(np.ones(ROWS)),
            "shipping_amount": pa.array(np.full(ROWS, 4.99)),
            "cost_amount": pa.array(np.arange(ROWS) / 2),
            "currency": ["EUR"] * ROWS,
            "status": ["returned" if number % 4 == 0 else "completed" for number in range(ROWS)],
            "channel": [None if number % 5 == 0 else "web" for number in range(ROWS)],
            "store_id": pa.nulls(ROWS, pa.string()),
            "recorded_at": ordered_at,
        }
    )


@pytest.fixture
def events():
    """Twenty cookies with fifty events each, received two seconds after they happened."""
    occurred_at = FIRST + np.arange(ROWS) * np.timedelta64(1, "m")
    return pa.table(
        {
            "event_id": [f"E{number}" for number in range(ROWS)],
            "occurred_at": pa.array(occurred_at),
            "event_name": ["page_view"] * ROWS,
            "device_id": pa.nulls(ROWS, pa.string()),
            "anonymous_id": [f"c{number % 20}" for number in range(ROWS)],
            "received_at": pa.array(occurred_at + np.timedelta64(2, "s")),
            "recorded_at": pa.array(occurred_at + np.timedelta64(5, "s")),
        }
    )
