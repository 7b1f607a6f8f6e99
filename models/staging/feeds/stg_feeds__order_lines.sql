with

versions as (

    select * from {{ ref('stg_feeds__order_line_versions') }}

),

newest as (

    select
        order_id,
        line_number,
        product_id,
        quantity,
        unit_price,
        discount_amount,
        is_return,
        known_at
    from versions
    where {{ is_last_version('superseded_at') }}

)

select * from newest
