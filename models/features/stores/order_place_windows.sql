with

snapshots as (

    select * from {{ ref('snapshots_due') }}

),

orders as (

    select * from {{ ref('order_versions') }}
    where is_purchase and (channel is not null or store_id is not null)

),

order_place_windows as (

    -- the smallest window in which somebody bought there: a place counts from it on
    select
        snapshots.customer_snapshot_id,
        orders.channel,
        orders.store_id,
        min({{ window_bucket('orders.ordered_at', 'snapshots.snapshot_at') }}) as window_days

    from snapshots

    inner join orders
        on snapshots.customer_id = orders.customer_id

    where {{ is_current_at_snapshot('orders.known_at', 'orders.superseded_at', 'snapshots.snapshot_at') }}

    group by snapshots.customer_snapshot_id, orders.channel, orders.store_id

)

select * from order_place_windows
