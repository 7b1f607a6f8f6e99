with

orders as (

    select * from {{ ref('orders') }}

),

order_lines as (

    select * from {{ ref('order_lines') }}

),

orders_with_returns as (

    select distinct order_id from order_lines
    where is_return

),

returned_lines as (

    select
        order_lines.order_id,
        sum(case when order_lines.is_return_booking then 0 else order_lines.amount_in_currency end) as sold,
        sum(abs(order_lines.amount_in_currency)) filter (where order_lines.is_return) as returned

    from order_lines

    inner join orders_with_returns
        on order_lines.order_id = orders_with_returns.order_id

    group by order_lines.order_id

),

held as (

    -- some shops take what came back off the order's amount, some leave it in: only what is in it went back
    select
        returned_lines.order_id,
        greatest(
            least(
                returned_lines.returned,
                orders.amount_in_currency - (returned_lines.sold - returned_lines.returned)
            ),
            0
        ) as amount

    from returned_lines

    inner join orders
        on returned_lines.order_id = orders.order_id

),

booked as (

    select
        orders.order_id,
        orders.customer_id,
        orders.is_purchase,
        orders.is_refund,
        case when orders.is_purchase then orders.amount else 0 end as revenue,
        case when orders.is_purchase then orders.discount_amount else 0 end as discount_amount,
        case
            when orders.is_refund then -orders.amount
            when orders.status = 'returned' then orders.amount
            else coalesce({{ in_reporting_currency('held.amount', 'orders.exchange_rate') }}, 0)
        end as returned_amount,
        orders.shipping_amount,
        -- goods that came back whole are goods again
        case
            when orders.status = 'returned' and orders.cost_amount is not null then 0
            else orders.cost_amount
        end as goods_amount,
        orders.ordered_at,
        orders.known_at

    from orders

    left join held
        on orders.order_id = held.order_id

    where orders.status != 'cancelled'

),

order_economics as (

    select
        order_id,
        customer_id,
        is_purchase,
        revenue,
        discount_amount,
        returned_amount,
        shipping_amount,
        goods_amount,
        -- a refund that tells of no goods is about money alone
        revenue - returned_amount - case when is_refund then coalesce(goods_amount, 0) else goods_amount end
            as margin,
        ordered_at,
        known_at
    from booked

)

select * from order_economics
