-- Joined by customer alone: a snapshot meets what was known at the others.
-- breaks: leaking_join_key
-- moves: yes
with counted as (
    select
        snapshots.customer_snapshot_id,
        snapshots.customer_id,
        count(orders.order_id) as orders
    from features.snapshots_due as snapshots
    left join core.order_versions as orders
        on snapshots.customer_id = orders.customer_id
        and orders.known_at < snapshots.snapshot_at and snapshots.snapshot_at <= orders.superseded_at
    group by snapshots.customer_snapshot_id, snapshots.customer_id
)
select
    snapshots.customer_snapshot_id,
    max(counted.orders) as orders_count_lifetime
from features.snapshots_due as snapshots
left join counted on snapshots.customer_id = counted.customer_id
group by snapshots.customer_snapshot_id
