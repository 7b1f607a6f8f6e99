with orders as (
    select * from core.order_versions
    where known_at < (select max(snapshot_at) from features.snapshots_due)
)
select
    orders.customer_id,
    coalesce(ordered_days.period, 0) as period,
    coalesce(known_days.period, 0) as known_period,
    coalesce(superseded_days.period, 1000000) as superseded_period,
    count(*) as orders
from orders
left join features.period_days as ordered_days
    on cast(orders.ordered_at as date) = ordered_days.day
    and orders.ordered_at >= ordered_days.starts_at and orders.ordered_at < ordered_days.ends_at
left join features.period_days as known_days
    on cast(orders.known_at as date) = known_days.day
    and orders.known_at >= known_days.starts_at and orders.known_at < known_days.ends_at
left join features.period_days as superseded_days
    on cast(orders.superseded_at as date) = superseded_days.day
    and orders.superseded_at >= superseded_days.starts_at and orders.superseded_at < superseded_days.ends_at
group by orders.customer_id, ordered_days.period, known_days.period, superseded_days.period
