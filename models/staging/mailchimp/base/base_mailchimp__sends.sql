{{ config(enabled=is_connected('mailchimp')) }}

with

recipients as (

    select
        feed_file,
        feed_row,
        campaign_id,
        list_id,
        email_id,
        email_address,
        lower(status) as status,
        {{ listed_field('mailchimp', 'sent_to', 'recorded_at') }} as recorded_at
    from ({{ vendor_rows('mailchimp', 'sent_to') }}) as sent_to

),

campaigns as (

    select * from {{ ref('base_mailchimp__campaigns') }}
    where delivery_rank = 1

),

told_sends as (

    -- a campaign has one time of sending; a member's own history has the member's
    select
        *,
        coalesce(lower(email_id), md5(lower(email_address))) as member_hash
    from {{ ref('base_mailchimp__activity') }}
    where event = 'sent'

),

ranked_sends as (

    select
        *,
        row_number() over (
            partition by campaign_id, member_hash
            order by
                {{ try_timestamp('occurred_at') }} asc nulls last,
                {{ try_timestamp('recorded_at') }} asc nulls last,
                feed_file asc nulls last,
                feed_row asc nulls last
        ) as telling_rank
    from told_sends

),

dated_sends as (

    select
        campaign_id,
        member_hash,
        occurred_at,
        recorded_at
    from ranked_sends
    where telling_rank = 1

),

recipients_with_times as (

    select
        recipients.feed_file,
        recipients.feed_row,
        recipients.campaign_id,
        recipients.list_id,
        recipients.email_id,
        recipients.email_address,
        recipients.status,
        dated_sends.occurred_at is not null
        and (dated_sends.recorded_at is null or recipients.recorded_at is null) as is_told_by_history,
        coalesce(dated_sends.occurred_at, campaigns.sent_at) as occurred_at,
        coalesce(recipients.recorded_at, dated_sends.recorded_at) as recorded_at

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

    -- a history may have been loaded later than this: of one send told twice, what was written first counts
    select
        *,
        'sent' as event
    from recipients_with_times
    where not is_told_by_history

    union all

    -- Mailchimp's own word for what neither bounced hard nor soft
    select
        *,
        'delivered' as event
    from recipients_with_times
    where status = 'sent'

)

select * from sends
