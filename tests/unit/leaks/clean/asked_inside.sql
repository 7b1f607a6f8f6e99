-- An inner query that asks for what was known.
select
    snapshots.customer_snapshot_id,
    exists (
        select 1 from core.web_events as events
        where events.customer_id = snapshots.customer_id and events.known_at < snapshots.snapshot_at
    ) as has_web_events
from features.snapshots_due as snapshots
