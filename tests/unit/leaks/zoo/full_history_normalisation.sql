-- Measured in averages of all time.
-- breaks: aggregate_over_everyone, fact_without_its_time, state_not_as_of
-- moves: yes
select
    snapshots.customer_snapshot_id,
    sum(orders.amount) / (select avg(everybody.amount) from core.order_versions as everybody)
        as orders_amount_relative_sum_lifetime
from features.snapshots_due as snapshots
left join core.order_versions as orders
    on snapshots.customer_id = orders.customer_id
    and orders.known_at < snapshots.snapshot_at and snapshots.snapshot_at <= orders.superseded_at
group by snapshots.customer_snapshot_id
