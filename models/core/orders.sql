with

orders as (

    select * from {{ ref('stg_feeds__orders') }}

),

judged as (

    select
        order_id,
        customer_id,
        store_id,
        amount,
        discount_amount,
        shipping_amount,
        cost_amount,
        currency,
        status,
        channel,
        -- a cancelled order is no purchase; a returned one was
        status != 'cancelled' as is_purchase,
        discount_amount > 0 as is_discounted,
        ordered_at,
        known_at

    from orders

)

select * from judged
