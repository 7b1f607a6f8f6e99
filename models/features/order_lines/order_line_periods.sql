with

order_lines as (

    select * from {{ ref('order_line_versions') }}
    where
        customer_id is not null
        and is_purchase
        and {{ is_known_to_a_snapshot('known_at') }}

),

period_days as (

    select * from {{ ref('period_days') }}

),

order_line_periods as (

    select
        order_lines.customer_id,
        {{ period_number('ordered_days') }} as period,
        {{ period_number('known_days') }} as known_period,
        {{ later_period_number('order_lines.superseded_at', 'superseded_days') }} as superseded_period,
        count(*) filter (where not order_lines.is_return_booking) as lines,
        count(*) filter (where order_lines.is_discounted and not order_lines.is_return_booking)
            as discounted_lines,
        count(*) filter (where order_lines.is_return) as returned_lines,
        sum(order_lines.quantity) filter (where not order_lines.is_return_booking) as quantity

    from order_lines

    left join period_days as ordered_days
        on {{ is_in_period('order_lines.ordered_at', 'ordered_days') }}

    left join period_days as known_days
        on {{ is_in_period('order_lines.known_at', 'known_days') }}

    left join period_days as superseded_days
        on {{ is_in_period('order_lines.superseded_at', 'superseded_days') }}

    group by all

)

select * from order_line_periods
