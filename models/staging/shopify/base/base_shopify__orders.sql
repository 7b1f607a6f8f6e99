{{ config(enabled=is_connected('shopify')) }}
{# Which copy of an order each row is, what it charged for shipping, and how much of its prices is tax. #}
with

order_rows as (

    select * from {{ ref('base_shopify__order_rows') }}

),

order_shipping as (

    select * from {{ ref('base_shopify__order_shipping') }}

),

charged as (

    select
        order_rows.* exclude (shipping),
        order_shipping.shipping,
        -- who does not say when a row changed wrote the file no sooner than its newest order
        coalesce(
            order_rows.updated_at,
            first_value(order_rows.created_at) over (
                partition by order_rows.feed_file
                order by
                    {{ try_timestamp('order_rows.created_at') }} desc nulls last,
                    order_rows.created_at desc nulls last
            )
        ) as told_at

    from order_rows

    inner join order_shipping
        on
            order_rows.feed_file = order_shipping.feed_file
            and order_rows.feed_row = order_shipping.feed_row

),

timed as (

    select
        *,
        {{ try_timestamp('created_at') }} as created_time,
        {{ try_timestamp('told_at') }} as told_time,
        {{ try_timestamp('cancelled_at') }} as cancelled_time,
        -- one rate for all of the order, shipping with it
        coalesce(
            case
                when is_tax_included
                    then try_cast(tax / nullif(subtotal + coalesce(shipping, 0), 0) as decimal(18, 12))
            end,
            0
        ) as tax_share
    from charged

),

orders as (

    select
        *,
        row_number() over (
            partition by order_id
            order by told_time asc nulls first, feed_file asc nulls first, feed_row asc nulls first
        ) as delivery_number,
        count(*) over (partition by order_id) as deliveries,
        case
            when is_test then 'test'
            when bool_or(is_deleted) over (partition by order_id) then '_fivetran_deleted'
        end as rejected_column
    from timed

)

select * from orders
