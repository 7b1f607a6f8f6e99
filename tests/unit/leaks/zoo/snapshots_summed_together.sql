-- Facts are admitted to a snapshot, and then counted for the customer.
-- breaks: aggregate_over_everyone, leaking_join_key
-- moves: yes
with counted as (
    select snapshots.customer_id, count(distinct orders.order_id) as orders
    from features.snapshots_due as snapshots
    inner join core.order_versions as orders
        on snapshots.customer_id = orders.customer_id
        and orders.known_at < snapshots.snapshot_at and snapshots.snapshot_at <= orders.superseded_at
    group by snapshots.customer_id
)
select
    snapshots.customer_snapshot_id,
    counted.orders as orders_count_lifetime
from features.snapshots_due as snapshots
left join counted on snapshots.customer_id = counted.customer_id
