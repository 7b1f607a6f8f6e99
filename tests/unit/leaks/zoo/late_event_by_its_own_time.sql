-- The event happened before the snapshot, and nobody knew whose it was.
-- breaks: fact_without_its_time
-- moves: yes
select
    snapshots.customer_snapshot_id,
    count(events.event_id) as web_events_count_lifetime
from features.snapshots_due as snapshots
left join core.web_events as events
    on snapshots.customer_id = events.customer_id and events.occurred_at < snapshots.snapshot_at
group by snapshots.customer_snapshot_id
