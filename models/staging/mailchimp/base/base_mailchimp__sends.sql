{{ config(enabled=is_connected('mailchimp')) }}

with

recipients as (

    {{ vendor_rows('mailchimp', 'sent_to') }}

),

campaigns as (

    select * from {{ ref('base_mailchimp__campaigns') }}
    where delivery_rank = 1

),

dated_sends as (

    -- a campaign has one time of sending; a member's own history has the member's
    select
        campaign_id,
        coalesce(lower(email_id), md5(lower(email_address))) as member_hash,
        min(occurred_at) as occurred_at,
        min(recorded_at) as recorded_at
    from {{ ref('base_mailchimp__activity') }}
    where event = 'sent'
    group by all

),

recipients_with_times as (

    select
        recipients.feed_file,
        recipients.feed_row,
        recipients.campaign_id,
        recipients.list_id,
        recipients.email_id,
        recipients.email_address,
        lower(recipients.status) as status,
        dated_sends.occurred_at is not null as is_dated,
        coalesce(dated_sends.occurred_at, campaigns.sent_at) as occurred_at,
        dated_sends.recorded_at

    from recipients

    left join campaigns
        on recipients.campaign_id = campaigns.id

    left join dated_sends
        on
            recipients.campaign_id = dated_sends.campaign_id
            and coalesce(lower(recipients.email_id), md5(lower(recipients.email_address)))
            = dated_sends.member_hash

),

sends as (

    select
        *,
        'sent' as event
    from recipients_with_times
    where not is_dated

    union all

    -- Mailchimp's own word for what neither bounced hard nor soft
    select
        *,
        'delivered' as event
    from recipients_with_times
    where status = 'sent'

)

select * from sends
