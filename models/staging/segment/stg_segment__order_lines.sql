{{ config(enabled=is_connected('segment')) }}

with

calls as (

    select * from {{ ref('base_segment__events') }}
    where call in ('order_completed', 'order_updated') and order_id is not null

),

lines as (

    select
        feed_file,
        feed_row,
        order_id,
        coalesce(received_at, occurred_at) as recorded_at,
        unnest({{ json_positions('products') }}) as line_number,
        unnest({{ json_items('products') }}) as product
    from calls

),

renamed as (

    select
        feed_file,
        feed_row,

        -- ids
        order_id,
        line_number,
        coalesce(
            {{ json_text('product', 'product_id') }},
            {{ json_text('product', 'productId') }},
            {{ json_text('product', 'id') }},
            {{ json_text('product', 'sku') }}
        ) as product_id,

        -- amounts
        coalesce({{ json_text('product', 'quantity') }}, '1') as quantity,
        {{ json_text('product', 'price') }} as unit_price,

        -- times
        recorded_at

    from lines

)

select * from renamed
