"""Steps between snapshots: those that are long enough to be called a month."""

from __future__ import annotations

STEPS = (
    "with snapshots as (\n"
    "    select distinct snapshot_at from marts.segment_migrations\n"
    "),\n"
    "neighbours as (\n"
    "    select snapshot_at, lag(snapshot_at) over (order by snapshot_at) as earlier_at\n"
    "    from snapshots\n"
    "),\n"
    "steps as (\n"
    "    select snapshot_at from neighbours\n"
    "    where earlier_at is null or snapshot_at >= earlier_at + interval 14 day\n"
    ")\n"
)
"""Begins a query. The newest snapshot may be hours after the first of a month: that is no step."""
