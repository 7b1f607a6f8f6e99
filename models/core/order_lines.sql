with

order_line_versions as (

    select * from {{ ref('order_line_versions') }}

),

order_lines as (

    select
        order_line_id,
        order_id,
        line_number,
        customer_id,
        product_id,
        category,
        quantity,
        unit_price,
        discount_amount,
        amount,
        amount_in_currency,
        is_discounted,
        is_return_booking,
        is_return,
        is_free,
        is_purchase,
        is_order_set_aside,
        ordered_at,
        known_at
    from order_line_versions
    where {{ is_last_version('superseded_at') }}

)

select * from order_lines
