-- The same in periods.
with periods_before_snapshot as (
    select snapshots.customer_snapshot_id, snapshot_periods.window_days, order_periods.*
    from features.snapshots_due as snapshots
    inner join features.snapshot_periods as snapshot_periods
        on snapshots.snapshot_at = snapshot_periods.snapshot_at
    inner join features.order_periods as order_periods
        on snapshots.customer_id = order_periods.customer_id
        and snapshot_periods.period = order_periods.period
        and order_periods.known_period < snapshot_periods.snapshot_period
        and snapshot_periods.snapshot_period <= order_periods.superseded_period
),
summed as (
    select customer_snapshot_id, sum(orders) filter (where window_days <= 30) as orders_30d
    from periods_before_snapshot
    group by customer_snapshot_id
)
select
    snapshots.customer_snapshot_id,
    cast(coalesce(summed.orders_30d, 0) as bigint) as orders_count_30d
from features.snapshots_due as snapshots
left join summed on snapshots.customer_snapshot_id = summed.customer_snapshot_id
