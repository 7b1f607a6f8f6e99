{{ config(enabled=is_connected('shopify')) }}
{# A table of its own, or nested in the line: what was taken off each line, with its part of discounts of
   the whole order. #}
with

allocation_rows as (

    {{ vendor_rows('shopify', 'discount_allocations') }}

),

order_lines as (

    select * from {{ ref('base_shopify__order_lines') }}

),

nested_rows as (

    select
        feed_file,
        feed_row,
        line_id,
        unnest({{ json_positions('discount_allocations') }}) as position,
        unnest({{ json_items('discount_allocations') }}) as allocation
    from order_lines

),

told as (

    select
        feed_file,
        feed_row,
        {{ shopify_id('order_line_id') }} as line_id,
        coalesce(index, amount) as position,
        amount
    from allocation_rows

    union all

    select
        feed_file,
        feed_row,
        line_id,
        cast(position as string) as position,
        coalesce(
            {{ json_text('allocation', 'amount') }}, {{ json_text('allocation', 'amount_set') }}
        ) as amount
    from nested_rows

),

copies as (

    select
        line_id,
        {{ shop_amount('amount') }} as amount,
        row_number() over (
            partition by line_id, position
            order by feed_file desc nulls last, feed_row desc nulls last
        ) as copy_number
    from told

),

line_discounts as (

    select
        line_id,
        sum(amount) as discount
    from copies
    where copy_number = 1
    group by line_id

)

select * from line_discounts
