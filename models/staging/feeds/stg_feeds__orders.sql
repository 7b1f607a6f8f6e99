with

source as (

    select * from {{ ref('base_feeds__orders') }}

),

readable as (

    select * from source
    where rejected_reason is null

),

deliveries as (

    select
        *,
        {{ delivery_rank(feed_key('orders')) }} as delivery_rank
    from readable

),

renamed as (

    select
        -- ids
        order_id,
        {{ reference_set_id('orders') }} as reference_set_id,
        {{ without_address('store_id') }} as store_id,

        -- money
        amount,
        coalesce(discount_amount, 0) as discount_amount,
        shipping_amount,
        cost_amount,
        upper(currency) as currency,

        -- words
        coalesce(lower(status), 'completed') as status,
        {{ without_address('channel') }} as channel,

        -- times
        ordered_at,
        {{ known_at('ordered_at', 'recorded_at') }} as known_at

    from deliveries
    where delivery_rank = 1

)

select * from renamed
