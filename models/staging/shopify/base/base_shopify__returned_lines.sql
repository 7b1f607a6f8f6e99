{{ config(enabled=is_connected('shopify')) }}
{# A line for each part of an order that was refunded. A refund that leaves nothing of the order books none:
   the order's status says that it came back. #}
with

order_lines as (

    select * from {{ ref('base_shopify__numbered_lines') }}

),

refunds as (

    select * from {{ ref('base_shopify__refund_sums') }}

),

refund_lines as (

    select * from {{ ref('base_shopify__refund_lines') }}

),

products_of_lines as (

    select
        order_id,
        line_id,
        max(product_id) as product_id
    from order_lines
    group by order_id, line_id

),

last_numbers as (

    select
        order_id,
        max(line_number) as last_number
    from order_lines
    group by order_id

),

returned as (

    select
        refund_lines.feed_file,
        refund_lines.feed_row,
        refunds.order_id,
        last_numbers.last_number + row_number() over (
            partition by refunds.order_id
            order by refunds.refunded_time asc nulls last, refund_lines.refund_line_id asc nulls last
        ) as line_number,
        products_of_lines.product_id,
        cast(-refund_lines.quantity as string) as quantity,
        cast(cast(
            {{ without_tax('refund_lines.subtotal', 'refunds.tax_share') }} / nullif(refund_lines.quantity, 0)
            as decimal(18, 9)
        ) as string) as unit_price,
        cast(0 as decimal(18, 2)) as discount_amount,
        true as is_return,
        refunds.refunded_at as recorded_at,
        case
            when refunds.refund_id is null then 'refund_id'
            when last_numbers.order_id is null then 'order_line_id'
            when refunds.refunded_at is null then 'created_at'
        end as rejected_column

    from refund_lines

    left join refunds
        on refund_lines.refund_id = refunds.refund_id

    left join last_numbers
        on refunds.order_id = last_numbers.order_id

    left join products_of_lines
        on
            refunds.order_id = products_of_lines.order_id
            and refund_lines.line_id = products_of_lines.line_id

    where not coalesce(refunds.is_last, false)

),

returned_lines as (

    select
        *,
        case rejected_column
            when 'refund_id' then 'is of no refund of an order that was exported'
            when 'order_line_id' then 'is of an order whose lines were not exported'
            when 'created_at' then 'is empty: the refund has no day'
        end as rejected_reason
    from returned

)

select * from returned_lines
