-- The window reaches beyond the snapshot.
-- breaks: fact_without_its_time
-- moves: yes
select
    snapshots.customer_snapshot_id,
    count(orders.order_id) as orders_count_30d
from features.snapshots_due as snapshots
left join core.order_versions as orders
    on snapshots.customer_id = orders.customer_id
    and orders.known_at < snapshots.snapshot_at + interval '30' day
    and snapshots.snapshot_at <= orders.superseded_at
    and orders.ordered_at >= snapshots.snapshot_at - interval '30' day
group by snapshots.customer_snapshot_id
