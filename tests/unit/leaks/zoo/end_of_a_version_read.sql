-- How long a state will last is told by its end.
-- breaks: interval_end_read
-- moves: yes
select
    snapshots.customer_snapshot_id,
    max(date_diff('day', snapshots.snapshot_at, contacts.valid_to)) as crm_days_max_lifetime
from features.snapshots_due as snapshots
left join core.contacts as contacts
    on snapshots.customer_id = contacts.customer_id
    and contacts.valid_from < snapshots.snapshot_at and snapshots.snapshot_at <= contacts.valid_to
group by snapshots.customer_snapshot_id
