with

order_versions as (

    select * from {{ ref('order_versions') }}

),

orders as (

    select
        order_id,
        customer_id,
        store_id,
        amount,
        discount_amount,
        shipping_amount,
        cost_amount,
        currency,
        amount_in_currency,
        exchange_rate,
        rate_date,
        status,
        channel,
        is_purchase,
        is_refund,
        is_free,
        is_discounted,
        ordered_at,
        known_at
    from order_versions
    where {{ is_last_version('superseded_at') }}

)

select * from orders
