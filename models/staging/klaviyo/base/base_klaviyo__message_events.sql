{{ config(enabled=is_connected('klaviyo')) }}

with

events as (

    select * from {{ ref('base_klaviyo__events') }}

),

message_metrics as (

    -- Klaviyo's own metrics; the last three are what companies call sends that they log themselves, since
    -- Klaviyo has no metric for one ('Sent SMS' is a text that the customer sent)
    select
        metric_name,
        channel,
        event
    from (
        values
        ('received email', 'email', 'delivered'),
        ('opened email', 'email', 'opened'),
        ('clicked email', 'email', 'clicked'),
        ('bounced email', 'email', 'bounced'),
        ('marked email as spam', 'email', 'complained'),
        ('unsubscribed', 'email', 'unsubscribed'),
        ('unsubscribed from email marketing', 'email', 'unsubscribed'),
        ('received sms', 'sms', 'delivered'),
        ('clicked sms', 'sms', 'clicked'),
        ('failed to deliver sms', 'sms', 'bounced'),
        ('unsubscribed from sms', 'sms', 'unsubscribed'),
        ('unsubscribed from sms marketing', 'sms', 'unsubscribed'),
        ('received push', 'push', 'delivered'),
        ('opened push', 'push', 'opened'),
        ('bounced push', 'push', 'bounced'),
        ('email sent', 'email', 'sent'),
        ('sms sent', 'sms', 'sent'),
        ('push sent', 'push', 'sent')
    ) as metrics (metric_name, channel, event)

),

message_events as (

    select
        events.feed_file,
        events.feed_row,
        'klaviyo:' || events.id as message_event_id,
        message_metrics.channel,
        message_metrics.event,
        events.occurred_at,
        events.recorded_at,
        events.profile_id,
        events.email,
        events.phone,
        events.campaign_key,
        events.send_cohort,
        events.is_deleted

    from events

    left join message_metrics
        on events.metric_name = message_metrics.metric_name

    -- a machine that fetches pictures and links says nothing of the reader; an event of no known metric may
    -- be anything, and is set aside
    where
        not events.is_by_machine
        and (message_metrics.event is not null or events.metric_name is null)

)

select * from message_events
