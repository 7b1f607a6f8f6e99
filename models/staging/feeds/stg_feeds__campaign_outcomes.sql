with

source as (

    select * from {{ ref('base_feeds__campaign_outcomes') }}

),

readable as (

    select * from source
    where rejected_reason is null

),

renamed as (

    select
        campaign_id,
        {{ reference_set_id('campaign_outcomes') }} as reference_set_id,
        outcome,
        value as outcome_value,
        occurred_at,
        {{ known_at('occurred_at', 'recorded_at') }} as known_at

    from readable

)

select * from renamed
