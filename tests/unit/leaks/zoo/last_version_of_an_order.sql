-- The version that stands today, which is not the one that stood then.
-- breaks: state_not_as_of
-- moves: yes
select
    snapshots.customer_snapshot_id,
    count(orders.order_id) as orders_count_lifetime
from features.snapshots_due as snapshots
left join core.order_versions as orders
    on snapshots.customer_id = orders.customer_id
    and orders.known_at < snapshots.snapshot_at
    and orders.superseded_at = timestamp '9999-12-31'
group by snapshots.customer_snapshot_id
