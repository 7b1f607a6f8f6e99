"""The shop that is mutated: the demo shop, and small feeds where the demo shop has none."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from benchmarks.fuzz.feed_table import FeedTable, Row, read_table

if TYPE_CHECKING:
    from pathlib import Path

FEEDS = (
    "orders",
    "order_lines",
    "products",
    "web_events",
    "contacts",
    "messages",
    "tickets",
    "feedback",
    "campaigns",
    "campaign_assignments",
    "campaign_outcomes",
    "costs",
    "rule_segments",
)
FIRST_DAY = datetime(2024, 3, 1, 9)  # noqa: DTZ001 - feeds are UTC without saying so
PEOPLE = tuple(f"monthly_{number:02d}" for number in range(1, 13))

PRIVATE_COLUMNS = (
    "contact_id",
    "email",
    "phone",
    "first_name",
    "last_name",
    "subject",
    "body",
    "text",
)
"""Columns whose values must not appear in a message."""


def read_small_shop(demo_shop: Path) -> dict[str, FeedTable]:
    """Return all thirteen feeds; a row as in docs/feeds.md."""
    shop = {
        path.stem: read_table(path.read_text(encoding="utf-8"))
        for path in sorted(demo_shop.glob("*.csv"))
    }
    return _own_feeds() | shop


def _own_feeds() -> dict[str, FeedTable]:
    return {
        "web_events": _table(
            "event_id,anonymous_id,user_ref,occurred_at,received_at,event_name,page_url",
            [
                _event(place, step, name)
                for place in range(len(PEOPLE))
                for step, name in enumerate(("page_view", "search", "add_to_cart", "purchase"))
            ],
        ),
        "messages": _table(
            "message_event_id,contact_id,occurred_at,channel,event,campaign_id",
            [
                (f"m{place}{step}", person, _at(place, step), "email", event, "spring_post")
                for place, person in enumerate(PEOPLE)
                for step, event in enumerate(("sent", "delivered", "opened"))
            ],
        ),
        "tickets": _table(
            "ticket_id,contact_id,created_at,subject,body,status,resolved_at,handling_minutes",
            [_ticket(place, person) for place, person in enumerate(PEOPLE)],
        ),
        "feedback": _table(
            "feedback_id,contact_id,created_at,kind,rating,text,product_id",
            [
                (f"f{place}", person, _at(place, 0), kind, "5", f"{person} likes tea", "green_tea")
                for place, person in enumerate(PEOPLE)
                for kind in [("review", "survey", "social")[place % 3]]
            ],
        ),
        "costs": _table(
            "contact_id,incurred_at,kind,amount",
            [(person, _at(place, 0), "support", "2.50") for place, person in enumerate(PEOPLE)],
        ),
        "rule_segments": _table(
            "contact_id,segment_name,valid_from,valid_to",
            [(person, "regulars", _at(place, 0), "") for place, person in enumerate(PEOPLE)],
        ),
    }


def _event(place: int, step: int, name: str) -> Row:
    occurred_at, received_at = _at(place, step), _at(place, step + 1)
    url = f"https://shop.example/{name}?step={step}"
    return (
        f"e{place}{step}",
        f"cookie_{place}",
        PEOPLE[place],
        occurred_at,
        received_at,
        name,
        url,
    )


def _ticket(place: int, person: str) -> Row:
    subject, body = f"A question of {person}", f"The beans of {person} came late"
    return (f"t{place}", person, _at(place, 0), subject, body, "solved", _at(place, 90), "12")


def _table(header: str, rows: list[Row]) -> FeedTable:
    return FeedTable(tuple(header.split(",")), tuple(rows))


def _at(day: int, minutes: int) -> str:
    return (FIRST_DAY + timedelta(days=day, minutes=minutes)).isoformat(" ")
