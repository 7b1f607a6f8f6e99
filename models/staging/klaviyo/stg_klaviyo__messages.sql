{{ config(enabled=is_connected('klaviyo')) }}
{% set columns = [
    'feed_file', 'feed_row', 'message_event_id', 'channel', 'event', 'occurred_at', 'recorded_at', 'profile_id',
    'email', 'phone', 'campaign_key', 'is_deleted'
] | join(', ') %}

with

profiles as (

    select * from {{ ref('base_klaviyo__profiles') }}
    where delivery_rank = 1 and not is_deleted

),

campaigns as (

    select * from {{ ref('base_klaviyo__campaigns') }}
    where delivery_rank = 1

),

messages_of_campaigns as (

    select
        campaign_id,
        unnest({{ json_items('messages') }}) as message
    from campaigns
    where messages is not null

),

campaign_keys as (

    -- an event names its flow or campaign, or, in the API's newer shape, the campaign's message
    select
        id as campaign_key,
        campaign_id
    from campaigns

    union all

    select
        message_id as campaign_key,
        campaign_id
    from campaigns
    where message_id is not null

    union all

    select
        {{ json_text('message', 'id') }} as campaign_key,
        campaign_id
    from messages_of_campaigns

),

campaigns_by_key as (

    select
        campaign_key,
        min(campaign_id) as campaign_id
    from campaign_keys
    group by campaign_key

),

events as (

    select {{ columns }}
    from {{ ref('base_klaviyo__message_events') }}

    union all

    select {{ columns }}
    from {{ ref('base_klaviyo__implied_sends') }}

),

messages as (

    -- the profile is its contact; beyond that, each channel knows its own address
    select
        events.feed_file,
        events.feed_row,
        events.message_event_id,
        events.occurred_at,
        events.channel,
        events.event,
        case when events.channel = 'email' then coalesce(events.email, profiles.email) end as email,
        case when events.channel = 'sms' then coalesce(events.phone, profiles.phone) end as phone,
        coalesce(profiles.contact_id, 'klaviyo:' || events.profile_id) as contact_id,
        coalesce(campaigns_by_key.campaign_id, 'klaviyo:' || events.campaign_key) as campaign_id,
        events.recorded_at,
        case
            when events.is_deleted then '_fivetran_deleted'
            when events.event is null then 'metric_id'
        end as rejected_column,
        case
            when events.is_deleted then 'is true: deleted in Klaviyo'
            when events.event is null then 'has no name: export the table metrics, too'
        end as rejected_reason

    from events

    left join profiles
        on events.profile_id = profiles.id

    left join campaigns_by_key
        on events.campaign_key = campaigns_by_key.campaign_key

)

select * from messages
