with

source as (

    select * from {{ ref('base_feeds__campaigns') }}

),

readable as (

    select * from source
    where rejected_reason is null

),

deliveries as (

    select
        *,
        {{ delivery_rank(feed_key('campaigns')) }} as delivery_rank
    from readable

),

renamed as (

    select
        campaign_id,
        name as campaign_name,
        channel,
        objective,
        cost_amount,
        started_at,
        ended_at

    from deliveries
    where delivery_rank = 1

)

select * from renamed
