-- The largest order from each on, those to come among them.
-- breaks: window_over_unknown_rows
-- moves: yes
with peaks as (
    select
        order_id,
        customer_id,
        known_at,
        superseded_at,
        max(amount) over (
            partition by customer_id order by ordered_at
            rows between current row and unbounded following
        ) as peak
    from core.order_versions
)
select
    snapshots.customer_snapshot_id,
    max(peaks.peak) as orders_amount_max_lifetime
from features.snapshots_due as snapshots
left join peaks
    on snapshots.customer_id = peaks.customer_id
    and peaks.known_at < snapshots.snapshot_at and snapshots.snapshot_at <= peaks.superseded_at
group by snapshots.customer_snapshot_id
