"""The feeds as they had been delivered by a snapshot: what came later is not in them.

Rows are taken as the last build read them, with the names and types of Tessera's own columns, so
that a feeds folder in any dialect is cut in the same way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

ALWAYS = "timestamp '1970-01-01'"

DELIVERED = {
    "orders": "greatest(ordered_at, coalesce(recorded_at, ordered_at))",
    # a line is known when its order is, and not before it was written down itself
    "order_lines": f"greatest(coalesce(recorded_at, {ALWAYS}), coalesce(order_known_at, {ALWAYS}))",
    "web_events": (
        "greatest(coalesce(received_at, occurred_at), "
        "coalesce(recorded_at, received_at, occurred_at))"
    ),
    # an undated version was always there, as far as anybody can tell
    "contacts": (
        f"greatest(coalesce(updated_at, created_at, recorded_at, {ALWAYS}), "
        f"coalesce(recorded_at, {ALWAYS}))"
    ),
    "messages": "greatest(occurred_at, coalesce(recorded_at, occurred_at))",
    "tickets": "greatest(created_at, coalesce(recorded_at, created_at))",
    "feedback": "greatest(created_at, coalesce(recorded_at, created_at))",
    "campaign_assignments": "greatest(assigned_at, coalesce(recorded_at, assigned_at))",
    "campaign_outcomes": "greatest(occurred_at, coalesce(recorded_at, occurred_at))",
    "costs": "greatest(incurred_at, coalesce(recorded_at, incurred_at))",
    "rule_segments": "greatest(valid_from, coalesce(recorded_at, valid_from))",
    "products": ALWAYS,
    "campaigns": ALWAYS,
}
"""By feed, when a row of it had been delivered. Products and campaigns are names without a time."""

WRITTEN_LATER = {
    "tickets": ("resolved_at", ("resolved_at", "status", "satisfaction_score", "handling_minutes")),
    "rule_segments": ("valid_to", ("valid_to",)),
}
"""By feed, what is written into a delivered row later, and the column that says when."""

_NOT_DELIVERED = (
    "feed_file",
    "feed_row",
    "rejected_column",
    "rejected_value",
    "rejected_reason",
)
_ORDERS_KNOWN = f"""
    left join (
        select order_id, min({DELIVERED["orders"]}) as order_known_at
        from pii.base_feeds__orders
        where rejected_reason is null
        group by order_id
    ) as orders using (order_id)
"""


@dataclass(frozen=True)
class Cut:
    """What of a feed had been delivered.

    Attributes
    ----------
    feed
        Its name.
    kept, deleted
        Rows delivered before the snapshot, and rows known at or after it.
    undone
        Kept rows without what was written into them later.
    """

    feed: str
    kept: int
    deleted: int
    undone: int


def write_feeds(now: Any, snapshot_at: datetime, folder: Path) -> list[Cut]:
    """Write one Parquet file per feed that was delivered at all, and say what is not in it.

    Parameters
    ----------
    now
        A connection to the build; only read.
    snapshot_at
        Rows known at or after it are left out; rows that could not be used are, too.
    folder
        An existing folder for the files.
    """
    return [
        cut
        for feed in DELIVERED
        if (cut := _write_feed(now, feed, snapshot_at, folder)) is not None
    ]


def _write_feed(now: Any, feed: str, snapshot_at: datetime, folder: Path) -> Cut | None:
    instant = f"timestamp '{snapshot_at.isoformat(sep=' ')}'"
    time, written = WRITTEN_LATER.get(feed, ("", ()))
    is_later = f"coalesce({time} >= {instant}, false)" if time else "false"
    usable = _usable(feed, instant, is_later)
    kept, deleted, undone = now.execute(
        "select count(*) filter (where is_kept), count(*) filter (where not is_kept), "
        f"count(*) filter (where is_kept and is_later) from ({usable})"
    ).fetchall()[0]
    if not kept + deleted:
        return None
    selected = ", ".join(
        f'case when not is_later then "{name}" end as "{name}"' if name in written else f'"{name}"'
        for name in _columns(now, feed)
    )
    path = str(folder / f"{feed}.parquet").replace("'", "''")
    now.execute(
        f"copy (select {selected} from ({usable}) where is_kept order by feed_file, feed_row) "
        f"to '{path}' (format parquet)"
    )
    return Cut(feed, kept, deleted, undone)


def _usable(feed: str, instant: str, is_later: str) -> str:
    """Return a query of the rows that could be used, with whether they are kept, and whole."""
    orders = _ORDERS_KNOWN if feed == "order_lines" else ""
    return (
        f"select delivered.*, {DELIVERED[feed]} < {instant} as is_kept, {is_later} as is_later "
        f"from pii.base_feeds__{feed} as delivered {orders} where rejected_reason is null"
    )


def _columns(now: Any, feed: str) -> list[str]:
    described = now.execute(f"describe pii.base_feeds__{feed}").fetchall()
    return [str(row[0]) for row in described if row[0] not in _NOT_DELIVERED]
