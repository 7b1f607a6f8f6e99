{{ config(enabled=is_connected('shopify')) }}
{# What a copy of an order says of its end, or of goods taken out of it, without a date: it was known when
   the row changed. What refunds and the cancellation date stands there. #}
with

orders as (

    select * from {{ ref('base_shopify__orders') }}

),

refunds as (

    select * from {{ ref('base_shopify__refunds') }}

),

refunded_orders as (

    select distinct order_id from refunds

),

undated_endings as (

    select
        orders.feed_file,
        orders.feed_row,
        orders.order_id,
        orders.told_at,
        orders.told_time,
        case
            when orders.cancelled_at is not null then null
            when orders.financial_status = 'voided' then 'cancelled'
            when refunded_orders.order_id is not null then null
            when orders.financial_status = 'refunded' then 'returned'
        end as undated_status,
        case
            when orders.cancelled_at is not null or refunded_orders.order_id is not null then null
            when orders.subtotal_left > 0 then nullif(orders.subtotal_left, orders.subtotal)
        end as undated_subtotal

    from orders

    left join refunded_orders
        on orders.order_id = refunded_orders.order_id

)

select * from undated_endings
