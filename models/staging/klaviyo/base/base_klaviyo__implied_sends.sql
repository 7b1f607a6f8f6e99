{{ config(enabled=is_connected('klaviyo')) }}

with

message_events as (

    select * from {{ ref('base_klaviyo__message_events') }}

),

logged_channels as (

    select
        channel,
        min({{ try_timestamp('occurred_at') }}) as logged_since
    from message_events
    where event = 'sent' and not is_deleted
    group by channel

),

implied_sends as (

    -- What arrived or bounced was sent: when it was handed over, at the latest when it arrived; and it is
    -- known from then. A company that logs its sends of a channel tells all of them from its first one on:
    -- what arrives later is among those
    select
        message_events.feed_file,
        message_events.feed_row,
        -- one of a profile and a handing over. This id leaves the restricted schema, a profile's must not
        coalesce(
            'klaviyo:' || {{ identifier_key(
                'message', "message_events.profile_id || ':' || message_events.send_cohort"
            ) }},
            message_events.message_event_id
        ) || ':sent' as message_event_id,
        message_events.channel,
        'sent' as event,
        coalesce(
            {{ first_match('message_events.send_cohort', '^[0-9]{9,10}') }}, message_events.occurred_at
        ) as occurred_at,
        coalesce(message_events.recorded_at, message_events.occurred_at) as recorded_at,
        message_events.profile_id,
        message_events.email,
        message_events.phone,
        message_events.campaign_key,
        message_events.is_deleted

    from message_events

    left join logged_channels
        on message_events.channel = logged_channels.channel

    where
        message_events.event in ('delivered', 'bounced')
        and (
            logged_channels.logged_since is null
            or {{ try_timestamp('message_events.occurred_at') }} < logged_channels.logged_since
        )

)

select * from implied_sends
