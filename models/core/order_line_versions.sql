with

lines as (

    select * from {{ ref('stg_feeds__order_line_versions') }}

),

orders as (

    select * from {{ ref('order_versions') }}

),

products as (

    select * from {{ ref('products') }}

),

set_aside_orders as (

    select distinct order_id from {{ ref('base_feeds__orders') }}
    where rejected_reason is not null

),

lines_of_orders as (

    -- a line whose order is missing keeps its row, without a customer: gate_core counts them
    select
        lines.*,
        orders.order_id is null and set_aside_orders.order_id is not null as is_order_set_aside,
        products.category,
        orders.customer_id,
        orders.exchange_rate,
        orders.is_purchase,
        orders.ordered_at,
        orders.known_at as order_known_at,
        orders.superseded_at as order_superseded_at,
        -- wide enough for the largest quantity at the highest price: a slip in one line stops no build
        cast(
            round(cast(lines.quantity as decimal(38, 3)) * lines.unit_price, 2) - lines.discount_amount
            as decimal(28, 2)
        ) as amount_in_currency

    from lines

    left join orders
        on lines.order_id = orders.order_id

    left join set_aside_orders
        on lines.order_id = set_aside_orders.order_id

    left join products
        on lines.product_id = products.product_id

),

judged as (

    select
        {{ hashed("order_id || ':' || cast(line_number as string)") }} as order_line_id,
        order_id,
        line_number,
        customer_id,
        product_id,
        category,
        quantity,
        {{ in_reporting_currency('unit_price', 'exchange_rate', 'decimal(28, 9)', 9) }} as unit_price,
        {{ in_reporting_currency('discount_amount', 'exchange_rate', 'decimal(28, 2)') }} as discount_amount,
        {{ in_reporting_currency('amount_in_currency', 'exchange_rate', 'decimal(28, 2)') }} as amount,
        amount_in_currency,
        discount_amount > 0 as is_discounted,
        -- nobody orders less than nothing: the line books goods that came back, and sells none
        quantity < 0 as is_return_booking,
        is_return or quantity < 0 as is_return,
        unit_price = 0 as is_free,
        is_purchase,
        is_order_set_aside,
        ordered_at,
        -- a line stands as long as neither it nor its order is restated
        greatest(known_at, order_known_at) as known_at,
        least(superseded_at, order_superseded_at) as superseded_at
    from lines_of_orders

),

order_line_versions as (

    select * from judged
    where known_at < superseded_at

)

select * from order_line_versions
