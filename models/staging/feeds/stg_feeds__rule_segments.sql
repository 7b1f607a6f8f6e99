with

source as (

    select * from {{ ref('base_feeds__rule_segments') }}

),

readable as (

    select
        *,
        {{ known_at('valid_from', 'recorded_at') }} as delivered_at
    from source
    where rejected_reason is null

),

deliveries as (

    select
        *,
        {{ delivery_rank(feed_key('rule_segments')) }} as delivery_rank,
        -- that a customer came in was known before when they left
        min(delivered_at) over (
            partition by {{ reference_key() }}, segment_name, valid_from
        ) as first_delivered_at,
        min(delivered_at) over (
            partition by {{ reference_key() }}, segment_name, valid_from, valid_to
        ) as end_delivered_at
    from readable

),

renamed as (

    select
        {{ hashed(reference_key() ~ " || ':' || segment_name || ':' || cast(valid_from as string)") }}
            as rule_segment_id,
        {{ reference_set_id('rule_segments') }} as reference_set_id,
        segment_name,
        valid_from,
        -- until somebody said that they had left, they were in
        case when valid_to is not null then greatest(valid_to, end_delivered_at) end as valid_to,
        first_delivered_at as known_at

    from deliveries
    where delivery_rank = 1

)

select * from renamed
