with

identities as (

    -- a browser is a trace of its customer, not of when the customer was first seen
    select * from {{ ref('customer_identities') }}
    where is_strong or identifier_id = customer_id

),

orders as (

    select * from {{ ref('orders') }}

),

first_orders as (

    select
        customer_id,
        min(ordered_at) as first_order_at
    from orders
    where is_purchase
    group by customer_id

),

customers as (

    select
        identities.customer_id,
        min(identities.valid_from) filter (
            where identities.valid_from > timestamp '1970-01-01'
        ) as first_seen_at,
        -- an undated record tells that somebody exists, not since when: it counts for the newest snapshot
        bool_or(identities.valid_from = timestamp '1970-01-01') as has_undated_trace,
        min(first_orders.first_order_at) as first_order_at

    from identities

    left join first_orders
        on identities.customer_id = first_orders.customer_id

    group by identities.customer_id

)

select * from customers
