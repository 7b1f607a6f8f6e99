-- A rank among all rows of the mart, later snapshots too.
-- breaks: window_over_everyone
-- moves: yes
with sums as (
    select
        snapshots.customer_snapshot_id,
        coalesce(sum(orders.amount), 0) as amount
    from features.snapshots_due as snapshots
    left join core.order_versions as orders
        on snapshots.customer_id = orders.customer_id
        and orders.known_at < snapshots.snapshot_at and snapshots.snapshot_at <= orders.superseded_at
    group by snapshots.customer_snapshot_id
)
select
    customer_snapshot_id,
    rank() over (order by amount desc) as orders_amount_rank_max_lifetime
from sums
