"""Queries over the web events that the mart is measured against."""

from __future__ import annotations

MEASURES = {
    "events": "count(*)",
    "page_views": "count(*) filter (where event_name = 'page_view')",
    "product_views": "count(*) filter (where event_name = 'view_item')",
    "searches": "count(*) filter (where event_name = 'search')",
    "carts": "count(*) filter (where event_name = 'add_to_cart')",
    "purchases": "count(*) filter (where event_name = 'purchase')",
    "evening_events": "count(*) filter (where extract(hour from occurred_at) >= 18)",
    "revenue": "sum(revenue)",
    "last_event_at": "max(occurred_at)",
}
"""Nine measures of a customer's web events; what the peers compute is these, in six windows."""

WINDOW_DAYS = (7, 30, 90, 180, 365, None)
"""None: lifetime."""

_AS_OF = "(select as_of from registry.run_context)"


def bare() -> str:
    """Count the events of each customer: nothing that reads the events is faster."""
    return "select customer_id, count(*) as events from core.web_events group by customer_id"


def measures() -> str:
    """Compute each measure once, over all events: nothing that has windows too is faster."""
    columns = ", ".join(f"{aggregate} as {name}" for name, aggregate in MEASURES.items())
    return f"select customer_id, {columns} from core.web_events group by customer_id"


def filtered() -> str:
    """Compute each measure in each window as is usual: by an aggregate with a filter."""
    columns = ", ".join(
        f"{_within(aggregate, days)} as {name}_{days or 'lifetime'}"
        for days in WINDOW_DAYS
        for name, aggregate in MEASURES.items()
    )
    return f"select customer_id, {columns} from ({known_events()}) group by customer_id"


def known_events() -> str:
    """Take what the measures need of the events that the newest snapshot may know."""
    return (
        "select customer_id, event_name, occurred_at, revenue from core.web_events "
        f"where known_at < {_AS_OF}"
    )


def _within(aggregate: str, days: int | None) -> str:
    if days is None:
        return aggregate
    is_in_window = f"occurred_at >= {_AS_OF} - interval {days} day"
    if aggregate.endswith(")") and " filter (where " in aggregate:
        return f"{aggregate[:-1]} and {is_in_window})"
    return f"{aggregate} filter (where {is_in_window})"
