{{ config(enabled=is_connected('mailchimp')) }}

with

campaigns as (

    {{ vendor_rows('mailchimp', 'campaigns') }}

),

automation_emails as (

    {{ vendor_rows('mailchimp', 'automation_emails') }}

),

united as (

    select
        feed_file,
        feed_row,
        id,
        {{ listed_field('mailchimp', 'campaigns', 'campaign_id') }} as known_campaign_id,
        coalesce(title, {{ json_text('settings', 'title') }}) as title,
        coalesce(subject_line, {{ json_text('settings', 'subject_line') }}) as subject_line,
        send_time as started_at,
        send_time as sent_at,
        {{ says_true('_fivetran_deleted') }} as is_deleted
    from campaigns

    union all

    -- an automation has no time at which it is sent to all
    select
        feed_file,
        feed_row,
        id,
        {{ listed_field('mailchimp', 'automation_emails', 'campaign_id') }} as known_campaign_id,
        coalesce(title, {{ json_text('settings', 'title') }}) as title,
        coalesce(subject_line, {{ json_text('settings', 'subject_line') }}) as subject_line,
        start_time as started_at,
        cast(null as string) as sent_at,
        {{ says_true('_fivetran_deleted') }} as is_deleted
    from automation_emails

),

ranked as (

    select
        *,
        row_number() over (
            partition by id order by feed_file desc nulls last, feed_row desc nulls last
        ) as delivery_rank
    from united

)

select
    *,
    coalesce(known_campaign_id, 'mailchimp:' || id) as campaign_id
from ranked
