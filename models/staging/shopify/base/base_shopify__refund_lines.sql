{{ config(enabled=is_connected('shopify')) }}
{# A table of its own, or nested in the refund: the last copy of each refunded line. #}
with

line_rows as (

    {{ vendor_rows('shopify', 'order_line_refunds') }}

    union all

    {{ vendor_rows('shopify', 'refund_line_items') }}

),

refunds as (

    select * from {{ ref('base_shopify__refunds') }}

),

nested_rows as (

    select
        feed_file,
        feed_row,
        refund_id,
        unnest({{ json_positions('refund_line_items') }}) as position,
        unnest({{ json_items('refund_line_items') }}) as refund_line
    from refunds

),

told as (

    select
        feed_file,
        feed_row,
        id,
        {{ shopify_id('refund_id') }} as refund_id,
        {{ place_in_file('refund_id') }} as position,
        order_line_id as line_id,
        quantity,
        subtotal
    from line_rows

    union all

    select
        feed_file,
        feed_row,
        {{ json_text('refund_line', 'id') }} as id,
        refund_id,
        position,
        coalesce(
            {{ json_text('refund_line', 'line_item_id') }}, {{ json_text('refund_line', 'line_item.id') }}
        ) as line_id,
        {{ json_text('refund_line', 'quantity') }} as quantity,
        coalesce(
            {{ json_text('refund_line', 'subtotal') }}, {{ json_text('refund_line', 'subtotal_set') }}
        ) as subtotal
    from nested_rows

),

identified as (

    select
        *,
        -- a line that names no refund is a part of its file
        {{ shopify_part_id('id', 'coalesce(refund_id, feed_file)', 'position') }} as refund_line_id
    from told

),

copies as (

    select
        feed_file,
        feed_row,
        refund_line_id,
        refund_id,
        {{ shopify_id('line_id') }} as line_id,
        {{ try_number('quantity') }} as quantity,
        {{ shop_amount('subtotal') }} as subtotal,
        row_number() over (
            partition by refund_id, refund_line_id
            order by feed_file desc nulls last, feed_row desc nulls last
        ) as copy_number
    from identified

),

refund_lines as (

    select * exclude (copy_number) from copies
    where copy_number = 1

)

select * from refund_lines
