with

order_lines as (

    select * from {{ ref('order_line_versions') }}
    where
        customer_id is not null
        and is_purchase
        and not is_return_booking
        and {{ is_known_to_a_snapshot('known_at') }}

),

period_days as (

    select * from {{ ref('period_days') }}

),

product_periods as (

    -- by product: the number of different ones does not add up over periods, but what was bought of each does
    select
        order_lines.customer_id,
        {{ period_number('ordered_days') }} as period,
        {{ period_number('known_days') }} as known_period,
        {{ later_period_number('order_lines.superseded_at', 'superseded_days') }} as superseded_period,
        order_lines.product_id,
        order_lines.category,
        count(*) as lines

    from order_lines

    left join period_days as ordered_days
        on {{ is_in_period('order_lines.ordered_at', 'ordered_days') }}

    left join period_days as known_days
        on {{ is_in_period('order_lines.known_at', 'known_days') }}

    left join period_days as superseded_days
        on {{ is_in_period('order_lines.superseded_at', 'superseded_days') }}

    group by all

)

select * from product_periods
