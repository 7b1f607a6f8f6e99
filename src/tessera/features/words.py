"""The words that feature names are made of, each with what it says. A new word is one line here."""

from __future__ import annotations

SUBJECTS = {
    "campaigns": "campaigns",
    "categories": "product categories bought",
    "channels": "order channels",
    "costs": "costs",
    "crm": "versions of the contact record",
    "customers": "traces of the customer",
    "devices": "browsers and devices",
    "email_messages": "e-mails",
    "emails": "e-mail addresses",
    "feedback": "reviews and survey answers",
    "identifiers": "identifiers",
    "messages": "messages",
    "order_lines": "order lines",
    "orders": "orders",
    "products": "products bought",
    "push_messages": "push messages",
    "sessions": "visits",
    "sms_messages": "text messages",
    "sources": "feeds that know the customer",
    "stores": "stores",
    "tickets": "tickets",
    "web_events": "web events",
}
ONE = {
    "campaigns": "campaign",
    "categories": "product category bought",
    "channels": "order channel",
    "email_messages": "e-mail",
    "messages": "message",
    "order_lines": "order line",
    "orders": "order",
    "products": "product bought",
    "sessions": "visit",
    "stores": "store",
    "tickets": "ticket",
    "web_events": "web event",
}
"""What a single one of them is called."""
CONDITIONS = {
    "abandoned": "with a cart and no purchase, among those with a cart",
    "bounced": "that bounced",
    "cancelled": "that were cancelled",
    "carted": "that put something into the cart",
    "checkout": "that began a checkout",
    "clicked": "that were clicked",
    "compared": "that compared prices or products",
    "complained": "that were reported as spam",
    "control": "as a control",
    "converted": "with a purchase",
    "delivered": "that were delivered",
    "discounted": "with a discount",
    "evening": "from 18 to 24 o'clock UTC",
    "mobile": "on a phone",
    "negative": "with a bad rating",
    "open": "not known to be resolved",
    "opened": "that were opened",
    "paid": "that came by an advertisement",
    "repeated": "bought more than once",
    "responded": "with a response",
    "returned": "that came back",
    "reviewed": "that are reviews",
    "searched": "that are searches",
    "sent": "that were sent",
    "treated": "as treated",
    "unsubscribed": "that ended a subscription",
    "urgent": "marked as urgent",
    "viewed": "that viewed a product",
    "weekend": "on a Saturday or Sunday (UTC)",
}
MEASURES = {
    "amount": "amount",
    "discount": "discount amount",
    "duration_seconds": "length in seconds",
    "events": "number of events",
    "gap_days": "gap in days",
    "handling_minutes": "handling time in minutes",
    "quantity": "quantity",
    "rating": "rating",
    "resolution_hours": "hours until resolved",
    "satisfaction": "satisfaction score",
    "versions": "versions",
    "views": "number of pages and products viewed",
}
MONEY = frozenset({"amount", "discount"})
"""Measures that are decimals, to the cent."""

AGGREGATES = {
    "count_trend": "Slope, per day, of the daily number of {noun}",
    "trend": "Slope, per day, of the daily {measure} of {noun}",
    "distinct_count": "Different {noun}",
    "top_share": "Share (0 to 1) of the most frequent among the {noun}",
    "overdue_ratio": "Days since the last of the {noun}, over the median gap between them",
    "entropy": "Shannon's entropy, in nats, of the {noun}",
    "median": "Median {measure} of {noun}",
    "count": "Number of {noun}",
    "share": "Share (0 to 1) of {noun} {condition}",
    "rate": "Share (0 to 1) of {noun} sent or received {condition}",
    "sum": "Sum of the {measure} of {noun}",
    "avg": "Average {measure} of {noun}",
    "min": "Smallest {measure} of {noun}",
    "max": "Largest {measure} of {noun}",
    "std": "Standard deviation of the {measure} of {noun}",
}
"""Longer words before those they end with."""

ZERO_WHEN_EMPTY = frozenset({"count", "distinct_count", "sum", "count_trend", "trend"})
NEED_A_MEASURE = frozenset({"sum", "avg", "median", "min", "max", "std", "trend"})
NEED_A_CONDITION = frozenset({"share", "rate"})
SYNONYMS = {
    "mean": "avg",
    "average": "avg",
    "total": "sum",
    "number": "count",
    "ratio": "share",
    "percentage": "share",
}

STATES = {
    "calendar_day_of_year_cos": ("Cosine of the snapshot's day in the year.", "double"),
    "calendar_day_of_year_sin": ("Sine of the snapshot's day in the year.", "double"),
    "calendar_month": ("Month of the snapshot, 1 to 12.", "bigint"),
    "calendar_quarter": ("Quarter of the snapshot, 1 to 4.", "bigint"),
    "crm_country": ("Country of the contact record", "varchar"),
    "crm_days_since_created": ("Days from when the contact was created to the snapshot", "double"),
    "crm_gender": ("Gender in the contact record", "varchar"),
    "crm_lifecycle_stage": ("Lifecycle stage of the contact record", "varchar"),
    "has_email_consent": ("Whether e-mails are allowed", "boolean"),
    "has_sms_consent": ("Whether text messages are allowed", "boolean"),
}
"""What is so at the snapshot: no window, and a meaning that the name alone does not give."""

STATE_SUBJECTS = {
    "calendar": "What the calendar says ({words})",
    "crm": "What the contact record says ({words})",
    "has": "Whether the customer {words}",
    "is": "Whether the customer {words}",
}
"""What a state of one's own may be about, and how its name is read."""
