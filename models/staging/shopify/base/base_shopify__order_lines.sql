{{ config(enabled=is_connected('shopify')) }}
{# One row per copy of a line. Those of the admin pages' file have no id that others know: they count when
   nothing else tells of lines of their order. #}
with

told_lines as (

    select * from {{ ref('base_shopify__told_lines') }}

),

judged as (

    select
        *,
        bool_and(is_exported) over (partition by order_id) as is_only_exported
    from told_lines

),

order_lines as (

    select
        feed_file,
        feed_row,
        order_id,
        {{ shopify_part_id('id', 'order_id', 'position') }} as line_id,
        product_id,
        {{ shopify_id('variant_id') }} as variant_id,
        quantity as quantity_told,
        price as price_told,
        {{ try_number('quantity') }} as quantity,
        cast(coalesce(
            {{ shop_amount('price') }},
            {{ shop_amount('total_price') }} / nullif({{ try_number('quantity') }}, 0)
        ) as decimal(18, 9)) as unit_price,
        {{ shop_amount('total_discount') }} as discount,
        {{ shopify_list('discount_allocations') }} as discount_allocations,
        recorded_at
    from judged
    where is_exported = is_only_exported

)

select * from order_lines
