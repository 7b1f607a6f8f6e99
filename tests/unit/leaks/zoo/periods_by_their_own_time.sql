-- Periods are chosen by when things happened alone.
-- breaks: fact_without_its_time, state_not_as_of
-- moves: yes
select
    snapshots.customer_snapshot_id,
    coalesce(sum(order_periods.orders) filter (where snapshot_periods.window_days <= 30), 0) as orders_count_30d
from features.snapshots_due as snapshots
inner join features.snapshot_periods as snapshot_periods
    on snapshots.snapshot_at = snapshot_periods.snapshot_at
left join features.order_periods as order_periods
    on snapshots.customer_id = order_periods.customer_id and snapshot_periods.period = order_periods.period
group by snapshots.customer_snapshot_id
