with

source as (

    select * from {{ ref('base_feeds__messages') }}

),

readable as (

    select
        *,
        {{ known_at('occurred_at', 'recorded_at') }} as known_at
    from source
    where rejected_reason is null

),

deliveries as (

    select
        *,
        {{ first_delivery_rank(feed_key('messages')) }} as delivery_rank
    from readable

),

renamed as (

    select
        message_event_id,
        {{ reference_set_id('messages') }} as reference_set_id,
        campaign_id,
        lower(channel) as channel,
        lower(event) as message_event,
        occurred_at,
        known_at

    from deliveries
    where delivery_rank = 1

)

select * from renamed
