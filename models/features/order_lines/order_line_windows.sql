with

snapshots as (

    select * from {{ ref('snapshots_due') }}

),

snapshot_periods as (

    select * from {{ ref('snapshot_periods') }}

),

order_line_periods as (

    select * from {{ ref('order_line_periods') }}

),

order_line_windows as (

    select
        snapshots.customer_snapshot_id,
        snapshot_periods.window_days,
        order_line_periods.product_id,
        order_line_periods.category,
        sum(order_line_periods.lines) as lines,
        sum(order_line_periods.discounted_lines) as discounted_lines,
        sum(order_line_periods.returned_lines) as returned_lines,
        sum(order_line_periods.quantity) as quantity

    from snapshots

    inner join snapshot_periods
        on snapshots.snapshot_at = snapshot_periods.snapshot_at

    inner join order_line_periods
        on
            snapshots.customer_id = order_line_periods.customer_id
            and snapshot_periods.period = order_line_periods.period
            and {{ is_current_before_snapshot('order_line_periods') }}

    group by
        snapshots.customer_snapshot_id, snapshot_periods.window_days,
        order_line_periods.product_id, order_line_periods.category

)

select * from order_line_windows
