with

source as (

    select * from {{ ref('base_feeds__feedback') }}

),

readable as (

    select * from source
    where rejected_reason is null

),

deliveries as (

    select
        *,
        {{ delivery_rank(feed_key('feedback'), known_at('created_at', 'recorded_at')) }} as delivery_rank
    from readable

),

renamed as (

    select
        -- ids
        feedback_id,
        {{ reference_set_id('feedback') }} as reference_set_id,
        product_id,

        -- words (the text stays in schema pii)
        lower(kind) as kind,
        coalesce(length(text), 0) as text_length,

        -- numbers
        rating,

        -- times
        created_at,
        {{ known_at('created_at', 'recorded_at') }} as known_at

    from deliveries
    where delivery_rank = 1

)

select * from renamed
