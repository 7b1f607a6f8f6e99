with

source as (

    select * from {{ ref('base_feeds__order_lines') }}

),

readable as (

    select * from source
    where rejected_reason is null

),

deliveries as (

    select
        *,
        {{ delivery_rank(feed_key('order_lines')) }} as delivery_rank
    from readable

),

renamed as (

    select
        -- ids
        order_id,
        line_number,
        product_id,

        -- money
        quantity,
        unit_price,
        coalesce(discount_amount, 0) as discount_amount,

        -- words
        coalesce(is_return, false) as is_return,

        -- times
        recorded_at

    from deliveries
    where delivery_rank = 1

)

select * from renamed
