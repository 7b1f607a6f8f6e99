with

orders as (

    select * from {{ ref('orders') }}

),

order_lines as (

    select * from {{ ref('order_lines') }}

),

returned_lines as (

    -- marked lines and bookings alike; an order's own amount knows of neither
    select
        order_id,
        sum(abs(amount)) as amount
    from order_lines
    where is_return
    group by order_id

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
            else coalesce(returned_lines.amount, 0)
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

    left join returned_lines
        on orders.order_id = returned_lines.order_id

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
