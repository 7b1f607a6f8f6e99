with

snapshots as (

    select * from {{ ref('snapshots_due') }}

),

orders as (

    select * from {{ ref('order_versions') }}
    where is_purchase

),

orders_known_at_snapshot as (

    select
        snapshots.customer_snapshot_id,
        snapshots.snapshot_at,
        orders.ordered_at,
        lag(orders.ordered_at) over (
            partition by snapshots.customer_snapshot_id
            order by orders.ordered_at nulls first, orders.order_id nulls first
        ) as previous_ordered_at

    from snapshots

    inner join orders
        on snapshots.customer_id = orders.customer_id

    where {{ is_current_at_snapshot('orders.known_at', 'orders.superseded_at', 'snapshots.snapshot_at') }}

),

gaps as (

    select
        customer_snapshot_id,
        snapshot_at,
        ordered_at,
        {{ days_between('previous_ordered_at', 'ordered_at') }} as gap_days,
        -- a gap belongs to the year when both its ends do
        {{ is_in_window('previous_ordered_at', 'snapshot_at', 365) }} as is_gap_of_year
    from orders_known_at_snapshot

),

rhythm as (

    select
        customer_snapshot_id,
        {{ days_between('max(ordered_at)', 'max(snapshot_at)') }} as orders_days_since_last,
        {{ days_between('min(ordered_at)', 'max(snapshot_at)') }} as orders_days_since_first,
        median(gap_days) filter (where is_gap_of_year) as orders_gap_days_median_365d,
        max(gap_days) filter (where is_gap_of_year) as orders_gap_days_max_365d,
        stddev_samp(gap_days) filter (where is_gap_of_year) as orders_gap_days_std_365d,
        median(gap_days) as orders_gap_days_median_lifetime,
        max(gap_days) as orders_gap_days_max_lifetime,
        stddev_samp(gap_days) as orders_gap_days_std_lifetime
    from gaps
    group by customer_snapshot_id

),

features as (

    select
        snapshots.customer_snapshot_id,
        rhythm.orders_days_since_last,
        rhythm.orders_days_since_first,
        rhythm.orders_gap_days_median_365d,
        rhythm.orders_gap_days_max_365d,
        rhythm.orders_gap_days_std_365d,
        rhythm.orders_gap_days_median_lifetime,
        rhythm.orders_gap_days_max_lifetime,
        rhythm.orders_gap_days_std_lifetime,
        -- above 1 the next order is later than usual
        rhythm.orders_days_since_last / nullif(rhythm.orders_gap_days_median_365d, 0)
            as orders_overdue_ratio_365d,
        rhythm.orders_days_since_last / nullif(rhythm.orders_gap_days_median_lifetime, 0)
            as orders_overdue_ratio_lifetime

    from snapshots

    left join rhythm
        on snapshots.customer_snapshot_id = rhythm.customer_snapshot_id

)

select * from features
