{{ config(enabled=is_connected('shopify')) }}
{# What was taken off each line, how much of its price is tax, and its number within the order. #}
with

told_lines as (

    select * from {{ ref('base_shopify__order_lines') }}

),

line_discounts as (

    select * from {{ ref('base_shopify__line_discounts') }}

),

newest_orders as (

    select * from {{ ref('base_shopify__orders') }}
    where delivery_number = deliveries

),

numbered_lines as (

    select
        told_lines.* exclude (recorded_at),
        -- a line is known with its order, unless a later copy of the order brought it
        coalesce(told_lines.recorded_at, newest_orders.created_at) as recorded_at,
        coalesce(line_discounts.discount, told_lines.discount) as line_discount,
        coalesce(newest_orders.tax_share, 0) as tax_share,
        -- copies of a line share its number
        dense_rank() over (
            partition by told_lines.order_id
            order by length(told_lines.line_id) asc nulls last, told_lines.line_id asc nulls last
        ) as line_number

    from told_lines

    left join line_discounts
        on told_lines.line_id = line_discounts.line_id

    left join newest_orders
        on told_lines.order_id = newest_orders.order_id

)

select * from numbered_lines
