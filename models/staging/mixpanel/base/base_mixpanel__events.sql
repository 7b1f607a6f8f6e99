{{ config(enabled=is_connected('mixpanel')) }}

with

source as (

    {{ vendor_rows('mixpanel', 'events') }}

),

events as (

    select
        *,
        {{ mixpanel_properties('properties') }} as told
    from source

),

told_events as (

    select
        feed_file,
        feed_row,
        properties,

        -- ids
        {{ mixpanel_value('insert_id') }} as insert_id,
        {{ mixpanel_value('distinct_id') }} as distinct_id,
        {{ mixpanel_value('user_id') }} as user_id,
        {{ listed_field('mixpanel', 'events', 'user_ref') }} as listed_user,
        coalesce(
            {{ mixpanel_value('device_id') }},
            case
                when {{ mixpanel_value('distinct_id') }} like '$device:%'
                    then replace({{ mixpanel_value('distinct_id') }}, '$device:', '')
            end
        ) as device_id,
        {{ mixpanel_value('email') }} as email,
        {{ mixpanel_value('phone') }} as phone,
        {{ listed_field('mixpanel', 'events', 'session_ref', mixpanel_value('session_id')) }} as session_ref,
        {{ listed_field('mixpanel', 'events', 'product_id', mixpanel_value('product_id')) }} as product_id,

        -- words
        event,
        {{ listed_field('mixpanel', 'events', 'category', mixpanel_value('category')) }} as category,
        {{ listed_field('mixpanel', 'events', 'search_query', mixpanel_value('search_query')) }}
            as search_query,
        lower({{ mixpanel_value('os') }}) as os,
        lower({{ mixpanel_value('device') }}) as device,
        coalesce(lower({{ mixpanel_value('mp_lib') }}), 'web') as library,
        {{ mixpanel_value('current_url') }} as page_url,
        {{ mixpanel_value('referrer') }} as page_referrer,
        {{ mixpanel_value('utm_source') }} as utm_source,
        {{ mixpanel_value('utm_medium') }} as utm_medium,
        {{ mixpanel_value('utm_campaign') }} as utm_campaign,

        -- money
        {{ listed_field('mixpanel', 'events', 'revenue', mixpanel_value('revenue')) }} as revenue,

        -- times
        {{ mixpanel_value('time') }} as occurred_at,
        {{ mixpanel_value('mp_processing_time_ms') }} as taken_in_at

    from events

)

select * from told_events
