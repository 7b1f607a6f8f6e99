-- What an order turned out to be, not what it was known to be.
-- breaks: forbidden_relation
-- moves: yes
select
    snapshots.customer_snapshot_id,
    coalesce(sum(orders.amount), 0) as orders_amount_sum_lifetime
from features.snapshots_due as snapshots
left join core.orders as orders
    on snapshots.customer_id = orders.customer_id and orders.known_at < snapshots.snapshot_at
group by snapshots.customer_snapshot_id
