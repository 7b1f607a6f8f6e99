with

source as (

    select * from {{ ref('base_feeds__campaign_assignments') }}

),

readable as (

    select * from source
    where rejected_reason is null

),

deliveries as (

    select
        *,
        {{ delivery_rank(feed_key('campaign_assignments'), known_at('assigned_at', 'recorded_at')) }}
            as delivery_rank
    from readable

),

renamed as (

    select
        {{ hashed("campaign_id || ':' || " ~ reference_key()) }} as campaign_assignment_id,
        campaign_id,
        {{ reference_set_id('campaign_assignments') }} as reference_set_id,
        arm,
        coalesce(is_control, false) as is_control,
        assigned_at,
        {{ known_at('assigned_at', 'recorded_at') }} as known_at

    from deliveries
    where delivery_rank = 1

)

select * from renamed
