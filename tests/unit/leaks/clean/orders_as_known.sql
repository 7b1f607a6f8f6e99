-- Orders in their window, as they stood.
select
    snapshots.customer_snapshot_id,
    count(orders.order_id) as orders_count_30d,
    sum(orders.amount) as orders_amount_sum_30d,
    date_diff('day', max(orders.ordered_at), max(snapshots.snapshot_at)) as orders_days_since_last
from features.snapshots_due as snapshots
left join core.order_versions as orders
    on snapshots.customer_id = orders.customer_id
    and orders.known_at < snapshots.snapshot_at and snapshots.snapshot_at <= orders.superseded_at
    and orders.ordered_at >= snapshots.snapshot_at - interval '30' day
group by snapshots.customer_snapshot_id
