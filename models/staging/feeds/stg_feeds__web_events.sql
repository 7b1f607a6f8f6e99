with

source as (

    select * from {{ ref('base_feeds__web_events') }}

),

readable as (

    select
        *,
        {{ known_at('coalesce(received_at, occurred_at)', 'recorded_at') }} as known_at
    from source
    where rejected_reason is null

),

repeated_ids as (

    select event_id
    from readable
    group by event_id
    having count(*) > 1

),

deliveries as (

    -- ranking is dear and few events come twice: only those are ranked
    select
        *,
        1 as delivery_rank
    from readable
    where event_id not in (select event_id from repeated_ids)

    union all

    select
        *,
        {{ first_delivery_rank(feed_key('web_events')) }} as delivery_rank
    from readable
    where event_id in (select event_id from repeated_ids)

),

renamed as (

    select
        -- ids
        event_id,
        {{ reference_set_id('web_events') }} as reference_set_id,
        {{ visitor_key() }} as visitor_id,
        {{ without_address('session_ref') }} as session_ref,
        product_id,

        -- words (what may hold an address or a number stays in schema pii)
        coalesce({{ without_address('event_name') }}, 'unnamed') as event_name,
        {{ without_address('category') }} as category,
        -- crawlers write the address of their owner into their name
        coalesce(
            {{ without_address('device') }}, case when {{ is_bot_device('device') }} then 'bot' end
        ) as device,
        {{ page_path('page_url') }} as page_path,
        {{ host_of_url('referrer') }} as referrer_host,
        {{ without_identifier('search_query') }} as search_query,
        {{ without_address('utm_source') }} as utm_source,
        {{ without_address('utm_medium') }} as utm_medium,
        {{ without_address('utm_campaign') }} as utm_campaign,

        -- money
        revenue,

        -- times
        {{ corrected_clock('occurred_at', 'received_at') }} as occurred_at,
        coalesce(occurred_at > received_at, false) as is_clock_corrected,
        known_at

    from deliveries
    where delivery_rank = 1

)

select * from renamed
