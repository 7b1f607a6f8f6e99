with

identifiers as (

    select * from {{ ref('customer_identifiers') }}

),

orders as (

    select * from {{ ref('stg_feeds__orders') }}

),

first_orders as (

    select
        customer_id,
        min(ordered_at) as first_order_at
    from orders
    where status != 'cancelled'
    group by customer_id

),

customers as (

    select
        identifiers.customer_id,
        -- the earliest dated trace; an undated record dates nobody unless it is all there is
        coalesce(
            min(identifiers.valid_from) filter (where identifiers.valid_from > timestamp '1970-01-01'),
            timestamp '1970-01-01'
        ) as first_seen_at,
        min(first_orders.first_order_at) as first_order_at

    from identifiers

    left join first_orders
        on identifiers.customer_id = first_orders.customer_id

    group by identifiers.customer_id

)

select * from customers
