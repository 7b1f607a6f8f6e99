{{ config(enabled=is_connected('shopify')) }}
{# A table of its own, or nested in the order: the last copy of each refund. #}
with

refund_rows as (

    {{ vendor_rows('shopify', 'refunds') }}

),

orders as (

    select * from {{ ref('base_shopify__orders') }}

),

nested_rows as (

    select
        feed_file,
        feed_row,
        order_id,
        unnest({{ json_positions('refunds') }}) as position,
        unnest({{ json_items('refunds') }}) as refund
    from orders

),

told as (

    select
        feed_file,
        feed_row,
        id,
        {{ shopify_id('order_id') }} as order_id,
        {{ place_in_file('order_id') }} as position,
        created_at,
        refund_line_items,
        order_adjustments
    from refund_rows

    union all

    select
        feed_file,
        feed_row,
        {{ json_text('refund', 'id') }} as id,
        order_id,
        position,
        coalesce(
            {{ json_text('refund', 'created_at') }}, {{ json_text('refund', 'processed_at') }}
        ) as created_at,
        {{ json_text('refund', 'refund_line_items') }} as refund_line_items,
        {{ json_text('refund', 'order_adjustments') }} as order_adjustments
    from nested_rows

),

identified as (

    select
        *,
        {{ shopify_part_id('id', 'order_id', 'position') }} as refund_id
    from told

),

copies as (

    select
        feed_file,
        feed_row,
        refund_id,
        order_id,
        created_at as refunded_at,
        {{ try_timestamp('created_at') }} as refunded_time,
        {{ shopify_list('refund_line_items') }} as refund_line_items,
        {{ shopify_list('order_adjustments') }} as order_adjustments,
        row_number() over (
            partition by refund_id
            order by feed_file desc nulls last, feed_row desc nulls last
        ) as copy_number
    from identified

),

refunds as (

    select * exclude (copy_number) from copies
    where copy_number = 1

)

select * from refunds
