with

versions as (

    select * from {{ ref('stg_feeds__order_versions') }}

),

newest as (

    select
        order_id,
        reference_set_id,
        store_id,
        amount,
        discount_amount,
        shipping_amount,
        cost_amount,
        currency,
        status,
        channel,
        ordered_at,
        known_at
    from versions
    where {{ is_last_version('superseded_at') }}

)

select * from newest
