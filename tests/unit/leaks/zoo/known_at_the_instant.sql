-- One sign too many: what becomes known at the instant itself is not known before it.
-- breaks: fact_without_its_time
-- moves: yes
select
    snapshots.customer_snapshot_id,
    count(orders.order_id) as orders_count_lifetime
from features.snapshots_due as snapshots
left join core.order_versions as orders
    on snapshots.customer_id = orders.customer_id
    and orders.known_at <= snapshots.snapshot_at and snapshots.snapshot_at <= orders.superseded_at
group by snapshots.customer_snapshot_id
