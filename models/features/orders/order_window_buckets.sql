with

snapshots as (

    select * from {{ ref('customer_snapshots') }}

),

orders as (

    select * from {{ ref('order_versions') }}
    where is_purchase

),

orders_known_at_snapshot as (

    select
        snapshots.customer_snapshot_id,
        {{ window_bucket('orders.ordered_at', 'snapshots.snapshot_at') }} as window_days,
        orders.amount,
        orders.discount_amount,
        orders.is_discounted

    from snapshots

    inner join orders
        on snapshots.customer_id = orders.customer_id

    where {{ is_current_at_snapshot('orders.known_at', 'orders.superseded_at', 'snapshots.snapshot_at') }}

),

order_window_buckets as (

    select
        customer_snapshot_id,
        window_days,
        count(*) as orders,
        sum(amount) as amount,
        max(amount) as largest_amount,
        sum(discount_amount) as discount_amount,
        count(*) filter (where is_discounted) as discounted_orders
    from orders_known_at_snapshot
    group by customer_snapshot_id, window_days

)

select * from order_window_buckets
