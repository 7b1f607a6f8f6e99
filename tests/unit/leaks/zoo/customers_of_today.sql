-- The customer as known now.
-- breaks: forbidden_relation
-- moves: yes
select
    snapshots.customer_snapshot_id,
    date_diff('day', customers.last_order_at, snapshots.snapshot_at) as orders_days_since_last
from features.snapshots_due as snapshots
left join core.customers as customers on snapshots.customer_id = customers.customer_id
