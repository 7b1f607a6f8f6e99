{{ config(enabled=is_connected('klaviyo')) }}

with

campaigns as (

    select * from {{ ref('base_klaviyo__campaigns') }}

),

begun as (

    select
        feed_file,
        feed_row,
        campaign_id,
        coalesce(name, id) as name,
        started_at,
        channel,
        case when is_deleted then '_fivetran_deleted' end as rejected_column,
        case when is_deleted then 'is true: deleted in Klaviyo' end as rejected_reason
    from campaigns
    where
        known_campaign_id is null
        and has_begun

)

select * from begun
