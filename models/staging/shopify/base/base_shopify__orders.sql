{{ config(enabled=is_connected('shopify')) }}
{# Which delivery of an order each row is, what it charged for shipping, and how much of its prices is tax. #}
with

order_rows as (

    select * from {{ ref('base_shopify__order_rows') }}

),

shipping_rows as (

    {{ vendor_rows('shopify', 'order_shipping_lines') }}

),

-- a row may have been copied more than once
shipping_copies as (

    select
        {{ shopify_id('order_id') }} as order_id,
        {{ shop_amount('coalesce(discounted_price, price)') }} as shipping,
        row_number() over (
            partition by id order by feed_file desc nulls last, feed_row desc nulls last
        ) as copy_number
    from shipping_rows

),

shipping_lines as (

    select
        order_id,
        sum(shipping) as shipping
    from shipping_copies
    where copy_number = 1
    group by order_id

),

nested_rows as (

    select
        feed_file,
        feed_row,
        unnest({{ json_items('shipping_lines') }}) as shipping_line
    from order_rows

),

nested_lines as (

    select
        feed_file,
        feed_row,
        {{ json_text('shipping_line', 'discounted_price') }} as discounted_price,
        {{ json_text('shipping_line', 'price') }} as price
    from nested_rows

),

nested_shipping as (

    select
        feed_file,
        feed_row,
        sum({{ shop_amount('coalesce(discounted_price, price)') }}) as shipping
    from nested_lines
    group by feed_file, feed_row

),

timed as (

    select
        order_rows.* exclude (shipping),
        coalesce(shipping_lines.shipping, nested_shipping.shipping, order_rows.shipping) as shipping,
        {{ try_timestamp('order_rows.created_at') }} as created_time,
        {{ try_timestamp('order_rows.cancelled_at') }} as cancelled_time,
        -- who does not say when a row changed says no later than the newest order of the file
        coalesce(
            order_rows.updated_at,
            max(order_rows.created_at) over (partition by order_rows.feed_file)
        ) as told_at

    from order_rows

    left join shipping_lines
        on order_rows.order_id = shipping_lines.order_id

    left join nested_shipping
        on
            order_rows.feed_file = nested_shipping.feed_file
            and order_rows.feed_row = nested_shipping.feed_row

),

orders as (

    select
        *,
        {{ try_timestamp('told_at') }} as told_time,
        -- one rate for all of the order, shipping with it
        coalesce(
            case
                when is_tax_included
                    then try_cast(tax / nullif(subtotal + coalesce(shipping, 0), 0) as decimal(18, 12))
            end,
            0
        ) as tax_share,
        row_number() over (
            partition by order_id
            order by {{ try_timestamp('told_at') }} asc nulls first, feed_file asc nulls first, feed_row asc nulls first
        ) as delivery_number,
        count(*) over (partition by order_id) as deliveries,
        bool_or(is_deleted) over (partition by order_id) as is_order_deleted
    from timed

)

select * from orders
