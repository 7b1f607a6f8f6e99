{{ config(enabled=is_connected('mailchimp')) }}

with

unsubscribes as (

    {{ vendor_rows('mailchimp', 'unsubscribes') }}

),

abuse_reports as (

    {{ vendor_rows('mailchimp', 'abuse_reports') }}

),

farewells as (

    select
        feed_file,
        feed_row,
        campaign_id,
        list_id,
        email_id,
        email_address,
        'unsubscribed' as event,
        timestamp as occurred_at,
        {{ listed_field('mailchimp', 'unsubscribes', 'recorded_at') }} as recorded_at
    from unsubscribes

    union all

    -- who leaves because it is spam complains
    select
        feed_file,
        feed_row,
        campaign_id,
        list_id,
        email_id,
        email_address,
        'complained' as event,
        timestamp as occurred_at,
        {{ listed_field('mailchimp', 'unsubscribes', 'recorded_at') }} as recorded_at
    from unsubscribes
    where lower(reason) like '%spam%' or lower(reason) like '%abuse%'

    union all

    select
        feed_file,
        feed_row,
        campaign_id,
        list_id,
        email_id,
        email_address,
        'complained' as event,
        date as occurred_at,
        {{ listed_field('mailchimp', 'abuse_reports', 'recorded_at') }} as recorded_at
    from abuse_reports

)

select * from farewells
