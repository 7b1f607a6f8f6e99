with

source as (

    select * from {{ ref('base_feeds__tickets') }}

),

readable as (

    select
        *,
        {{ known_at('created_at', 'recorded_at') }} as delivered_at
    from source
    where rejected_reason is null

),

deliveries as (

    select
        *,
        {{ delivery_rank(feed_key('tickets')) }} as delivery_rank,
        -- that somebody complained was known before how it ended
        min(delivered_at) over (partition by ticket_id) as first_delivered_at
    from readable

),

renamed as (

    select
        -- ids
        ticket_id,
        {{ customer_key('tickets') }} as customer_id,

        -- words (the texts stay in schema pii)
        lower(channel) as channel,
        lower(priority) as priority,
        lower(status) as status,
        coalesce(length(subject), 0) as subject_length,
        coalesce(length(body), 0) as body_length,

        -- numbers
        satisfaction_score,
        handling_minutes,

        -- times
        created_at,
        resolved_at,
        first_delivered_at as known_at,
        greatest(delivered_at, coalesce(resolved_at, delivered_at)) as outcome_known_at

    from deliveries
    where delivery_rank = 1

)

select * from renamed
