{{ config(enabled=is_connected('shopify')) }}
{# A table of its own, nested in the order, or in the file of the admin pages. #}
with

line_rows as (

    {{ vendor_rows('shopify', 'order_lines') }}

),

orders as (

    select * from {{ ref('base_shopify__orders') }}

),

exported as (

    select * from {{ ref('base_shopify__exported_rows') }}

),

nested_rows as (

    select
        feed_file,
        feed_row,
        order_id,
        case when delivery_number > 1 then told_at end as recorded_at,
        unnest({{ json_positions('line_items') }}) as position,
        unnest({{ json_items('line_items') }}) as line
    from orders

),

told_lines as (

    select
        feed_file,
        feed_row,
        {{ shopify_id('order_id') }} as order_id,
        id,
        {{ place_in_file('order_id') }} as position,
        coalesce({{ shopify_id('product_id') }}, sku, title) as product_id,
        variant_id,
        quantity,
        price,
        original_total_set_shop_amount as total_price,
        total_discount,
        cast(null as string) as discount_allocations,
        cast(null as string) as recorded_at,
        false as is_exported
    from line_rows

    union all

    select
        feed_file,
        feed_row,
        order_id,
        {{ json_text('line', 'id') }} as id,
        position,
        coalesce(
            {{ shopify_id(json_text('line', 'product_id')) }},
            {{ json_text('line', 'sku') }},
            {{ json_text('line', 'title') }}
        ) as product_id,
        {{ json_text('line', 'variant_id') }} as variant_id,
        {{ json_text('line', 'quantity') }} as quantity,
        coalesce({{ json_text('line', 'price') }}, {{ json_text('line', 'price_set') }}) as price,
        cast(null as string) as total_price,
        {{ json_text('line', 'total_discount') }} as total_discount,
        {{ json_text('line', 'discount_allocations') }} as discount_allocations,
        recorded_at,
        false as is_exported
    from nested_rows

    union all

    select
        feed_file,
        feed_row,
        order_id,
        cast(null as string) as id,
        line_number as position,
        coalesce(lineitem_sku, lineitem_name) as product_id,
        cast(null as string) as variant_id,
        lineitem_quantity as quantity,
        lineitem_price as price,
        cast(null as string) as total_price,
        lineitem_discount as total_discount,
        cast(null as string) as discount_allocations,
        cast(null as string) as recorded_at,
        true as is_exported
    from exported

)

select * from told_lines
