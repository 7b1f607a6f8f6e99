with

orders as (

    select * from {{ ref('order_versions') }}
    where
        customer_id is not null
        and {{ is_known_to_a_snapshot('known_at') }}

),

period_days as (

    select * from {{ ref('period_days') }}

),

order_periods as (

    select
        orders.customer_id,
        {{ period_number('ordered_days') }} as period,
        {{ period_number('known_days') }} as known_period,
        {{ later_period_number('orders.superseded_at', 'superseded_days') }} as superseded_period,
        count(*) filter (where orders.is_purchase) as orders,
        sum(orders.amount) filter (where orders.is_purchase) as amount,
        sum(power(cast(orders.amount as double), 2)) filter (where orders.is_purchase) as squared_amount,
        max(orders.amount) filter (where orders.is_purchase) as largest_amount,
        sum(orders.discount_amount) filter (where orders.is_purchase) as discount_amount,
        count(*) filter (where orders.is_purchase and orders.is_discounted) as discounted_orders,
        count(*) filter (where orders.is_purchase and orders.status = 'returned') as returned_orders,
        count(*) filter (where orders.is_purchase and {{ is_weekend('orders.ordered_at') }})
            as weekend_orders,
        count(*) filter (where orders.is_purchase and {{ is_evening('orders.ordered_at') }})
            as evening_orders,
        count(*) filter (where orders.status = 'cancelled') as cancelled_orders,
        sum({{ day_number('orders.ordered_at') }}) filter (where orders.is_purchase) as day_numbers

    from orders

    left join period_days as ordered_days
        on {{ is_in_period('orders.ordered_at', 'ordered_days') }}

    left join period_days as known_days
        on {{ is_in_period('orders.known_at', 'known_days') }}

    left join period_days as superseded_days
        on {{ is_in_period('orders.superseded_at', 'superseded_days') }}

    group by all

)

select * from order_periods
