"""All thirteen feeds without a fault, typed, so that every fault in them is one that was put in."""

import numpy as np
import pyarrow as pa

ROWS = 3_000
FIRST = np.datetime64("2025-01-01T08:00", "us")
PEOPLE = 200


def clean_feeds():
    """Return each feed's table; a row as in docs/feeds.md."""
    happened = times(60)
    recorded = times(60, delay=5)
    feeds = {
        "orders": {
            "order_id": ids("O"),
            "email": [f"p{number % PEOPLE}@example.org" for number in range(ROWS)],
            "user_ref": [f"U{number % PEOPLE}" if number % 2 else None for number in range(ROWS)],
            "ordered_at": happened,
            "amount": money(),
            "discount_amount": money(),
            "cost_amount": money(),
            "currency": cycle("EUR"),
            "status": cycle("completed", "completed", "cancelled", "returned", None),
            "channel": cycle("web", "store", None),
        },
        "order_lines": {
            "order_id": ids("O"),
            "line_number": pa.array(np.ones(ROWS, dtype=np.int64)),
            "product_id": cycle("P1", "P2", "P3"),
            "quantity": pa.array(np.arange(ROWS) % 4 + 1),
            "unit_price": money(),
            "discount_amount": money(),
            "is_return": [number % 10 == 0 for number in range(ROWS)],
        },
        "web_events": {
            "event_id": ids("E"),
            "occurred_at": happened,
            "received_at": times(60, delay=2),
            "event_name": cycle("page_view", "search", "purchase"),
            "device_id": pa.nulls(ROWS, pa.string()),
            "anonymous_id": [f"c{number % 700}" for number in range(ROWS)],
            "page_url": cycle("https://shop.example/a", "https://shop.example/b"),
            "search_query": cycle("tea", None),
            "device": cycle("mobile", "desktop", None),
            "revenue": money(),
        },
        "messages": {
            "message_event_id": ids("M"),
            "contact_id": people(),
            "occurred_at": happened,
            "channel": cycle("email", "sms"),
            "event": cycle("sent", "delivered", "opened"),
            "campaign_id": cycle("K1", None),
        },
        "tickets": {
            "ticket_id": ids("T"),
            "contact_id": people(),
            "created_at": happened,
            "channel": cycle("email", None),
            "subject": cycle("Late", "Broken"),
            "body": cycle("It came late", "It came broken", None),
            "status": cycle("open", "solved"),
            "resolved_at": times(60, delay=900),
            "satisfaction_score": money(),
            "handling_minutes": money(),
        },
        "feedback": {
            "feedback_id": ids("F"),
            "contact_id": people(),
            "created_at": happened,
            "kind": cycle("review", "survey", "social"),
            "rating": money(),
            "text": cycle("Fine", None),
        },
        "campaign_outcomes": {
            "campaign_id": cycle("K1", "K2"),
            "contact_id": people(),
            "outcome": cycle("ordered", "visited"),
            "value": money(),
            "occurred_at": happened,
        },
        "campaign_assignments": {
            "campaign_id": ids("K"),
            "contact_id": people(),
            "arm": cycle("treated", "control"),
            "assigned_at": happened,
            "is_control": [bool(number % 2) for number in range(ROWS)],
        },
        "costs": {
            "contact_id": people(),
            "incurred_at": happened,
            "kind": cycle("support", "shipping"),
            "amount": money(),
        },
        "rule_segments": {
            "contact_id": people(),
            "segment_name": cycle("regulars", "guests"),
            "valid_from": happened,
        },
        "contacts": {
            "contact_id": ids("C"),
            "last_name": cycle("Ash", "Birch"),
            "street": cycle("Mill Lane 1", None),
            "city": cycle("Delft", "Gent", None),
            "created_at": happened,
            "updated_at": times(60, delay=600),
        },
        "products": {"product_id": ids("P"), "name": ids("Thing "), "category": cycle("tea", None)},
        "campaigns": {"campaign_id": ids("K"), "name": ids("Offer "), "started_at": happened},
    }
    return {feed: pa.table(columns | {"recorded_at": recorded}) for feed, columns in feeds.items()}


def times(minutes, delay=0):
    steps = np.arange(ROWS) * np.timedelta64(minutes, "m") + np.timedelta64(delay, "s")
    return pa.array(FIRST + steps)


def ids(prefix):
    return [f"{prefix}{number}" for number in range(ROWS)]


def people():
    return [f"C{number % PEOPLE}" for number in range(ROWS)]


def money():
    return pa.array(np.round(np.arange(ROWS) % 90 + 0.25, 2))


def cycle(*words):
    return pa.array([words[number % len(words)] for number in range(ROWS)], pa.string())
