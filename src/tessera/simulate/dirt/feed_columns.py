"""What the columns of each feed are for: where which dirt can fall."""

from __future__ import annotations

from enum import StrEnum

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


class Role(StrEnum):
    """What a column is for; a column may have several roles."""

    KEY = "key"
    """Always filled; names the row, alone or with others."""
    MONEY = "money"
    NUMBER = "number"
    TIME = "time"
    PAST = "past"
    """A time that must not lie ahead."""
    REQUIRED = "required"
    """A row without it is of no use."""
    ACCEPTED = "accepted"
    """One of a few words."""
    WORD = "word"
    """Any word, such as a category."""
    TEXT = "text"
    """What people write."""


COLUMNS: dict[Role, dict[str, tuple[str, ...]]] = {
    Role.KEY: {
        "orders": ("order_id",),
        "order_lines": ("order_id", "product_id"),
        "web_events": ("event_id",),
        "messages": ("message_event_id",),
        "tickets": ("ticket_id",),
    },
    Role.MONEY: {
        "orders": ("amount", "discount_amount", "shipping_amount", "cost_amount"),
        "order_lines": ("unit_price", "discount_amount"),
        "web_events": ("revenue",),
        "costs": ("amount",),
    },
    Role.NUMBER: {
        "orders": ("amount", "discount_amount", "cost_amount"),
        "order_lines": ("line_number", "quantity", "unit_price"),
        "web_events": ("revenue",),
        "tickets": ("satisfaction_score", "handling_minutes"),
        "feedback": ("rating",),
        "campaign_outcomes": ("value",),
        "costs": ("amount",),
    },
    Role.TIME: {
        "orders": ("ordered_at",),
        "web_events": ("occurred_at",),
        "contacts": ("created_at",),
        "messages": ("occurred_at",),
        "tickets": ("created_at", "resolved_at"),
        "feedback": ("created_at",),
        "campaign_assignments": ("assigned_at",),
        "campaign_outcomes": ("occurred_at",),
        "costs": ("incurred_at",),
        "rule_segments": ("valid_from",),
    },
    Role.PAST: {
        "orders": ("ordered_at", "recorded_at"),
        "web_events": ("received_at",),
        "contacts": ("updated_at",),
        "messages": ("occurred_at",),
        "tickets": ("created_at",),
        "feedback": ("created_at",),
        "campaign_outcomes": ("occurred_at",),
        "costs": ("incurred_at",),
    },
    Role.REQUIRED: {
        "orders": ("order_id", "ordered_at", "amount"),
        "order_lines": ("order_id", "product_id", "quantity", "unit_price"),
        "web_events": ("event_id", "occurred_at", "event_name"),
        "contacts": ("contact_id",),
        "messages": ("message_event_id", "occurred_at", "event"),
        "tickets": ("ticket_id", "created_at"),
        "feedback": ("feedback_id", "kind"),
        "campaign_assignments": ("campaign_id", "arm"),
        "campaign_outcomes": ("campaign_id", "outcome", "value"),
        "costs": ("kind", "amount"),
        "rule_segments": ("segment_name", "valid_from"),
    },
    Role.ACCEPTED: {
        "orders": ("status",),
        "messages": ("channel", "event"),
        "feedback": ("kind",),
    },
    Role.WORD: {
        "orders": ("status", "channel", "currency"),
        "products": ("category", "brand"),
        "web_events": ("event_name", "device", "category"),
        "contacts": ("city", "country", "lifecycle_stage"),
        "messages": ("channel", "event"),
        "tickets": ("channel", "priority", "status"),
        "feedback": ("kind",),
        "campaign_outcomes": ("outcome",),
        "costs": ("kind",),
    },
    Role.TEXT: {
        "products": ("name",),
        "web_events": ("search_query", "page_url"),
        "contacts": ("last_name", "street"),
        "tickets": ("subject", "body"),
        "feedback": ("text",),
    },
}

REFERENCES = (
    "contact_id",
    "customer_ref",
    "user_ref",
    "email",
    "phone",
    "device_id",
    "anonymous_id",
)
"""Columns that say whose a row is."""

FEEDS_OF_CUSTOMERS = tuple(
    feed for feed in FEEDS if feed not in {"order_lines", "products", "contacts", "campaigns"}
)
