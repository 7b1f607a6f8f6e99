{{ config(enabled=is_connected('shopify')) }}
{# What each order was charged for shipping after discounts: a table of its own, or nested in the order. #}
with

order_rows as (

    select * from {{ ref('base_shopify__order_rows') }}

),

shipping_rows as (

    {{ vendor_rows('shopify', 'order_shipping_lines') }}

),

told as (

    select
        *,
        {{ shopify_part_id('id', 'order_id', place_in_file('order_id')) }} as shipping_line_id
    from shipping_rows

),

-- a row may have been copied more than once
shipping_copies as (

    select
        {{ shopify_id('order_id') }} as order_id,
        {{ shop_amount('coalesce(discounted_price, price)') }} as shipping,
        row_number() over (
            partition by shipping_line_id order by feed_file desc nulls last, feed_row desc nulls last
        ) as copy_number
    from told

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

order_shipping as (

    select
        order_rows.feed_file,
        order_rows.feed_row,
        coalesce(shipping_lines.shipping, nested_shipping.shipping, order_rows.shipping) as shipping

    from order_rows

    left join shipping_lines
        on order_rows.order_id = shipping_lines.order_id

    left join nested_shipping
        on
            order_rows.feed_file = nested_shipping.feed_file
            and order_rows.feed_row = nested_shipping.feed_row

)

select * from order_shipping
