with

lines as (

    select * from {{ ref('stg_feeds__order_lines') }}

),

orders as (

    select * from {{ ref('orders') }}

),

products as (

    select * from {{ ref('products') }}

),

lines_of_orders as (

    -- a line whose order is missing keeps its row, without a customer: gate_core counts them
    select
        {{ hashed("lines.order_id || ':' || cast(lines.line_number as string)") }} as order_line_id,
        lines.order_id,
        lines.line_number,
        orders.customer_id,
        lines.product_id,
        products.category,
        lines.quantity,
        lines.unit_price,
        lines.discount_amount,
        cast(
            round(lines.quantity * lines.unit_price, 2) - lines.discount_amount as decimal(18, 2)
        ) as amount,
        lines.discount_amount > 0 as is_discounted,
        lines.is_return,
        orders.is_purchase,
        orders.ordered_at,
        greatest(orders.known_at, coalesce(lines.recorded_at, orders.known_at)) as known_at

    from lines

    left join orders
        on lines.order_id = orders.order_id

    left join products
        on lines.product_id = products.product_id

)

select * from lines_of_orders
