{{ config(enabled=is_connected('mailchimp')) }}
{% set columns = [
    'feed_file', 'feed_row', 'campaign_id', 'list_id', 'email_id', 'email_address', 'event', 'occurred_at'
] | join(', ') %}
{% set newest_first = try_timestamp('updated_at')
    ~ ' desc nulls last, feed_file desc nulls last, feed_row desc nulls last' %}

with

members as (

    select
        *,
        row_number() over (
            partition by member_hash, list_id
            order by {{ newest_first }}
        ) as rank_in_audience,
        row_number() over (
            partition by member_hash
            order by {{ newest_first }}
        ) as rank_of_address
    from {{ ref('base_mailchimp__members') }}

),

campaigns as (

    select * from {{ ref('base_mailchimp__campaigns') }}
    where delivery_rank = 1

),

united as (

    select {{ columns }}, url, recorded_at
    from {{ ref('base_mailchimp__activity') }}

    union all

    select {{ columns }}, null as url, recorded_at
    from {{ ref('base_mailchimp__sends') }}

    union all

    select {{ columns }}, null as url, recorded_at
    from {{ ref('base_mailchimp__farewells') }}

),

dated as (

    -- Mailchimp numbers none of them. The time is spelled in one way, and a person complains of a campaign
    -- once, whichever table tells it
    select
        *,
        coalesce(lower(email_id), md5(lower(email_address))) as member_hash,
        case
            when event = 'complained' then ''
            else coalesce(cast({{ try_timestamp('occurred_at') }} as string), occurred_at, '')
        end as time_of_one
    from united

),

events as (

    select
        *,
        coalesce(campaign_id, '') || '|' || member_hash || '|' || event || '|' || time_of_one || '|'
        || coalesce(url, '') as said_of_one
    from dated

),

messages as (

    -- an address may be a member of several audiences: of the one the campaign went to, when that is known.
    -- The id leaves the restricted schema: without the key, nobody can try addresses against it
    select
        events.feed_file,
        events.feed_row,
        'mailchimp:' || {{ identifier_key('message', 'events.said_of_one') }} as message_event_id,
        events.occurred_at,
        'email' as channel,
        events.event,
        coalesce(events.email_address, addresses.email) as email,
        coalesce(
            in_audience.contact_id, addresses.contact_id, 'mailchimp:' || events.member_hash
        ) as contact_id,
        coalesce(campaigns.campaign_id, 'mailchimp:' || events.campaign_id) as campaign_id,
        events.recorded_at

    from events

    left join members as in_audience
        on
            events.member_hash = in_audience.member_hash
            and events.list_id = in_audience.list_id
            and in_audience.rank_in_audience = 1

    left join members as addresses
        on
            events.member_hash = addresses.member_hash
            and addresses.rank_of_address = 1

    left join campaigns
        on events.campaign_id = campaigns.id

)

select * from messages
