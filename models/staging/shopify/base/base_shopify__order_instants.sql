{{ config(enabled=is_connected('shopify')) }}
{# Shopify tells how an order stands today, and dates when it was placed, refunded and cancelled: those are
   the instants at which something new was known of it. What has no date of its own was known when the row
   changed. #}
with

orders as (

    select * from {{ ref('base_shopify__orders') }}

),

refunds as (

    select * from {{ ref('base_shopify__refund_sums') }}

),

undated as (

    select * from {{ ref('base_shopify__undated_endings') }}

),

dated as (

    select
        feed_file,
        feed_row,
        order_id,
        created_at as recorded_at,
        created_time as recorded_time
    from orders
    where delivery_number = 1

    union distinct

    -- a later copy may tell of an edit
    select
        feed_file,
        feed_row,
        order_id,
        told_at as recorded_at,
        told_time as recorded_time
    from orders
    where delivery_number > 1

    union distinct

    select
        feed_file,
        feed_row,
        order_id,
        told_at as recorded_at,
        told_time as recorded_time
    from undated
    where undated_status is not null or undated_subtotal is not null

    union distinct

    select
        feed_file,
        feed_row,
        order_id,
        cancelled_at as recorded_at,
        cancelled_time as recorded_time
    from orders
    where delivery_number = deliveries and cancelled_time is not null

    union distinct

    select
        orders.feed_file,
        orders.feed_row,
        orders.order_id,
        refunds.refunded_at as recorded_at,
        refunds.refunded_time as recorded_time

    from orders

    inner join refunds
        on orders.order_id = refunds.order_id

    where orders.delivery_number = orders.deliveries and refunds.refunded_at is not null

),

order_instants as (

    select
        dated.*,
        case
            when dated.recorded_time >= undated.told_time then undated.undated_status
        end as undated_status,
        case
            when dated.recorded_time >= undated.told_time then undated.undated_subtotal
        end as undated_subtotal

    from dated

    inner join undated
        on
            dated.feed_file = undated.feed_file
            and dated.feed_row = undated.feed_row

)

select * from order_instants
