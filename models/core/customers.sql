with

identifiers as (

    -- each feed tells when it first had an identifier: one that does not date it hides no date of another.
    -- A browser is a trace of its customer, not of when the customer was first seen
    select * from {{ ref('customer_identifiers') }}
    where
        {{ gate_is_open(ref('gate_identity')) }}
        and (identifier_type not in ('device_id', 'anonymous_id') or identifier_id = customer_id)

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
        identifiers.customer_id,
        min(identifiers.valid_from) filter (
            where identifiers.valid_from > timestamp '1970-01-01'
        ) as first_seen_at,
        -- an undated record tells that somebody exists, not since when: it counts for the newest snapshot
        bool_or(identifiers.valid_from = timestamp '1970-01-01') as has_undated_trace,
        min(first_orders.first_order_at) as first_order_at

    from identifiers

    left join first_orders
        on identifiers.customer_id = first_orders.customer_id

    group by identifiers.customer_id

)

select * from customers
