{{ config(enabled=is_connected('shopify')) }}
{# What had been paid back by each instant of an order. An order of which nothing is left keeps what it was
   worth before its last refund: its status says that it came back. #}
with

order_instants as (

    select * from {{ ref('base_shopify__order_instants') }}

),

refunds as (

    select * from {{ ref('base_shopify__refund_sums') }}

),

known_refunds as (

    select
        order_instants.feed_file,
        order_instants.feed_row,
        order_instants.recorded_at,
        coalesce(sum(refunds.goods) filter (where not refunds.is_last), 0) as goods,
        coalesce(sum(refunds.shipping) filter (where not refunds.is_last), 0) as shipping,
        coalesce(bool_or(refunds.is_last), false) as is_returned

    from order_instants

    left join refunds
        on
            order_instants.order_id = refunds.order_id
            and order_instants.recorded_time >= refunds.refunded_time

    group by order_instants.feed_file, order_instants.feed_row, order_instants.recorded_at

)

select * from known_refunds
