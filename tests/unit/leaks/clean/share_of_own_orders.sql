-- A window over everything of one customer at one snapshot.
with known as (
    select
        snapshots.customer_snapshot_id,
        snapshots.customer_id,
        orders.amount / nullif(
            sum(orders.amount) over (partition by snapshots.customer_id, snapshots.snapshot_at), 0
        ) as share
    from features.snapshots_due as snapshots
    inner join core.order_versions as orders on snapshots.customer_id = orders.customer_id
    where orders.known_at < snapshots.snapshot_at and snapshots.snapshot_at <= orders.superseded_at
)
select customer_snapshot_id, max(share) as orders_amount_top_share_lifetime
from known
group by customer_snapshot_id
