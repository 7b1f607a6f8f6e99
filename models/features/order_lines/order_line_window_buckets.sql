with

snapshots as (

    select * from {{ ref('customer_snapshots') }}

),

order_lines as (

    select * from {{ ref('order_line_versions') }}
    where is_purchase

),

lines_known_at_snapshot as (

    select
        snapshots.customer_snapshot_id,
        {{ window_bucket('order_lines.ordered_at', 'snapshots.snapshot_at') }} as window_days,
        order_lines.product_id,
        order_lines.category,
        order_lines.is_discounted,
        order_lines.is_return,
        order_lines.is_return_booking

    from snapshots

    inner join order_lines
        on snapshots.customer_id = order_lines.customer_id

    where {{ is_current_at_snapshot(
        'order_lines.known_at', 'order_lines.superseded_at', 'snapshots.snapshot_at'
    ) }}

),

order_line_window_buckets as (

    -- one row per product rather than per customer: distinct counts do not add up over windows, but the
    -- newest window in which a product was bought does
    select
        customer_snapshot_id,
        window_days,
        product_id,
        category,
        count(*) filter (where not is_return_booking) as lines,
        count(*) filter (where is_discounted and not is_return_booking) as discounted_lines,
        count(*) filter (where is_return) as returned_lines
    from lines_known_at_snapshot
    group by customer_snapshot_id, window_days, product_id, category

)

select * from order_line_window_buckets
