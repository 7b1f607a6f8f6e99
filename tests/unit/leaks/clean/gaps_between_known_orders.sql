-- From row to row, once they are admitted; even forward.
with known as (
    select
        snapshots.customer_snapshot_id,
        date_diff('day', orders.ordered_at, lead(orders.ordered_at) over later) as gap_days
    from features.snapshots_due as snapshots
    inner join core.order_versions as orders on snapshots.customer_id = orders.customer_id
    where orders.known_at < snapshots.snapshot_at and snapshots.snapshot_at <= orders.superseded_at
    window later as (partition by snapshots.customer_snapshot_id order by orders.ordered_at nulls first)
),
gaps as (
    select customer_snapshot_id, median(gap_days) as gap_days
    from known
    group by all
)
select snapshots.customer_snapshot_id, gaps.gap_days as orders_gap_days_median_lifetime
from features.snapshots_due as snapshots
left join gaps using (customer_snapshot_id)
