-- The same, with the day that the build looks from.
-- breaks: forbidden_relation
-- moves: yes
select
    snapshots.customer_snapshot_id,
    date_diff('day', max(orders.ordered_at), (select as_of from registry.run_context)) as orders_days_since_last
from features.snapshots_due as snapshots
left join core.order_versions as orders
    on snapshots.customer_id = orders.customer_id
    and orders.known_at < snapshots.snapshot_at and snapshots.snapshot_at <= orders.superseded_at
group by snapshots.customer_snapshot_id
