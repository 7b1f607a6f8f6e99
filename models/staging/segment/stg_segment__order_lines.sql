{{ config(enabled=is_connected('segment')) }}

with

calls as (

    select
        *,
        {{ is_no_json_list('products') }} as is_no_list,
        {{ told_json_list('products') }} as told_products
    from {{ ref('base_segment__events') }}
    where call in ('order_completed', 'order_updated') and order_id is not null

),

lines as (

    select
        feed_file,
        feed_row,
        order_id,
        coalesce(received_at, occurred_at) as recorded_at,
        is_no_list,
        unnest({{ json_positions('told_products') }}) as line_number,
        unnest({{ json_items('told_products') }}) as product
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
        recorded_at,

        case when is_no_list then 'products' end as rejected_column,
        case when is_no_list then 'is no JSON list' end as rejected_reason

    from lines

)

select * from renamed
