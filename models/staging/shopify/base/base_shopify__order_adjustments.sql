{{ config(enabled=is_connected('shopify')) }}
{# A table of its own, or nested in the refund: the last copy of each adjustment. #}
with

adjustment_rows as (

    {{ vendor_rows('shopify', 'order_adjustments') }}

),

refunds as (

    select * from {{ ref('base_shopify__refunds') }}

),

nested_rows as (

    select
        feed_file,
        feed_row,
        refund_id,
        unnest({{ json_positions('order_adjustments') }}) as position,
        unnest({{ json_items('order_adjustments') }}) as adjustment
    from refunds

),

told as (

    select
        feed_file,
        feed_row,
        id,
        {{ shopify_id('refund_id') }} as refund_id,
        {{ place_in_file('refund_id') }} as position,
        kind,
        amount
    from adjustment_rows

    union all

    select
        feed_file,
        feed_row,
        {{ json_text('adjustment', 'id') }} as id,
        refund_id,
        position,
        {{ json_text('adjustment', 'kind') }} as kind,
        coalesce(
            {{ json_text('adjustment', 'amount') }}, {{ json_text('adjustment', 'amount_set') }}
        ) as amount
    from nested_rows

),

identified as (

    select
        *,
        {{ shopify_part_id('id', 'refund_id', 'position') }} as adjustment_id
    from told

),

copies as (

    select
        refund_id,
        lower(kind) = 'shipping_refund' as is_shipping,
        {{ shop_amount('amount') }} as amount,
        row_number() over (
            partition by refund_id, adjustment_id
            order by feed_file desc nulls last, feed_row desc nulls last
        ) as copy_number
    from identified

),

order_adjustments as (

    select
        refund_id,
        coalesce(is_shipping, false) as is_shipping,
        amount
    from copies
    where copy_number = 1

)

select * from order_adjustments
