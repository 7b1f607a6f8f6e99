-- What becomes of messages: events over events, so that a message opened twice counts twice. A shop
-- that logs no deliveries is taken to deliver what does not bounce.
with

channels as (

    select
        lower(channel) as channel,
        nullif(count(*) filter (where lower(event) = 'sent'), 0) as sent,
        nullif(count(*) filter (where lower(event) = 'delivered'), 0) as logged_as_delivered,
        count(*) filter (where lower(event) = 'bounced') as bounced,
        count(*) filter (where lower(event) = 'opened') as opened,
        count(*) filter (where lower(event) = 'clicked') as clicked,
        count(*) filter (where lower(event) = 'unsubscribed') as unsubscribed

    from feed_messages

    group by all

),

rates as (

    select
        channel,
        coalesce(logged_as_delivered, sent - bounced) / sent as delivered,
        opened / nullif(coalesce(logged_as_delivered, sent - bounced), 0) as opened,
        clicked / nullif(coalesce(logged_as_delivered, sent - bounced), 0) as clicked,
        unsubscribed / nullif(coalesce(logged_as_delivered, sent - bounced), 0) as unsubscribed

    from channels

)

select
    max(delivered) filter (where channel = 'email') as email_delivered_share,
    max(opened) filter (where channel = 'email') as email_opened_share,
    max(clicked) filter (where channel = 'email') as email_clicked_share,
    max(unsubscribed) filter (where channel = 'email') as email_unsubscribed_share,
    max(delivered) filter (where channel = 'sms') as sms_delivered_share,
    max(clicked) filter (where channel = 'sms') as sms_clicked_share,
    max(unsubscribed) filter (where channel = 'sms') as sms_unsubscribed_share,
    max(delivered) filter (where channel = 'push') as push_delivered_share,
    max(opened) filter (where channel = 'push') as push_opened_share,
    max(unsubscribed) filter (where channel = 'push') as push_unsubscribed_share

from rates
