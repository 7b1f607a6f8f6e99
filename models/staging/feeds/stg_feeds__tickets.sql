with

source as (

    select * from {{ ref('base_feeds__tickets') }}

),

readable as (

    select
        *,
        {{ reference_set_id('tickets') }} as reference_set_id,
        {{ reference_key() }} as reference_key,
        {{ known_at('created_at', 'recorded_at') }} as known_at
    from source
    where rejected_reason is null

),

deliveries as (

    select
        *,
        {{ delivery_rank(feed_key('tickets'), 'known_at') }} as delivery_rank,
        {{ first_delivery_rank(feed_key('tickets') + ['reference_key']) }} as first_delivery_rank
    from readable

),

openings as (

    -- what was known when the ticket first named this person: it may say nothing that was written later
    select * from deliveries
    where first_delivery_rank = 1

),

outcomes as (

    select * from deliveries
    where delivery_rank = 1

),

tickets as (

    select
        -- ids
        outcomes.ticket_id,
        outcomes.reference_set_id,

        -- words (the texts stay in schema pii)
        lower({{ without_address('openings.channel') }}) as channel,
        lower({{ without_address('openings.priority') }}) as priority,
        lower({{ without_address('outcomes.status') }}) as status,
        coalesce(length(openings.subject), 0) as subject_length,
        coalesce(length(openings.body), 0) as body_length,

        -- numbers
        outcomes.satisfaction_score,
        outcomes.handling_minutes,

        -- times
        openings.created_at,
        outcomes.resolved_at,
        openings.known_at,
        greatest(outcomes.known_at, coalesce(outcomes.resolved_at, outcomes.known_at)) as outcome_known_at

    from outcomes

    inner join openings
        on
            outcomes.ticket_id = openings.ticket_id
            and outcomes.reference_key = openings.reference_key

)

select * from tickets
