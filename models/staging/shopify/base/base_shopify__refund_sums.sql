{{ config(enabled=is_connected('shopify')) }}
{# What each refund pays back, and whether with it nothing is left of the order. #}
with

refunds as (

    select * from {{ ref('base_shopify__refunds') }}

),

refund_lines as (

    select * from {{ ref('base_shopify__refund_lines') }}

),

order_adjustments as (

    select * from {{ ref('base_shopify__order_adjustments') }}

),

newest_orders as (

    select * from {{ ref('base_shopify__orders') }}
    where delivery_number = deliveries

),

paid_back as (

    select
        refund_id,
        subtotal as goods,
        0 as shipping
    from refund_lines

    union all

    -- an adjustment below zero pays back more than the lines say
    select
        refund_id,
        case when is_shipping then 0 else -amount end as goods,
        case when is_shipping then -amount else 0 end as shipping
    from order_adjustments

),

sums as (

    select
        refund_id,
        sum(goods) as goods,
        sum(shipping) as shipping
    from paid_back
    group by refund_id

),

running as (

    select
        refunds.refund_id,
        refunds.order_id,
        refunds.refunded_at,
        refunds.refunded_time,
        newest_orders.subtotal,
        newest_orders.financial_status,
        newest_orders.tax_share,
        cast(coalesce(sums.goods, 0) as decimal(18, 4)) as goods,
        cast(coalesce(sums.shipping, 0) as decimal(18, 4)) as shipping,
        -- a refund whose day cannot be read is never known
        sum(case when refunds.refunded_time is not null then coalesce(sums.goods, 0) else 0 end) over (
            partition by refunds.order_id
            order by refunds.refunded_time asc nulls first, refunds.refund_id asc nulls first
            rows between unbounded preceding and current row
        ) as goods_until,
        row_number() over (
            partition by refunds.order_id
            order by refunds.refunded_time desc nulls last, refunds.refund_id desc nulls last
        ) as number_from_last

    from refunds

    inner join newest_orders
        on refunds.order_id = newest_orders.order_id

    left join sums
        on refunds.refund_id = sums.refund_id

),

refund_sums as (

    select
        refund_id,
        order_id,
        refunded_at,
        refunded_time,
        tax_share,
        {{ without_tax('goods', 'tax_share') }} as goods,
        {{ without_tax('shipping', 'tax_share') }} as shipping,
        coalesce(
            (subtotal > 0 and goods_until >= subtotal)
            or (financial_status = 'refunded' and number_from_last = 1),
            false
        ) as is_last
    from running

)

select * from refund_sums
