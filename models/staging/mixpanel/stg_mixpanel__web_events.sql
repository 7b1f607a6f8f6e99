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

profiles as (

    select distinct contact_id from {{ ref('stg_mixpanel__contacts') }}

),

told_events as (

    select
        feed_file,
        feed_row,
        event,
        {{ mixpanel_value('time') }} as occurred_at,
        {{ mixpanel_value('insert_id') }} as insert_id,
        {{ mixpanel_value('distinct_id') }} as distinct_id,
        {{ mixpanel_value('user_id') }} as user_id,
        coalesce(
            {{ mixpanel_value('device_id') }},
            case
                when {{ mixpanel_value('distinct_id') }} like '$device:%'
                    then replace({{ mixpanel_value('distinct_id') }}, '$device:', '')
            end
        ) as device_id,
        {{ mixpanel_value('email') }} as email,
        {{ mixpanel_value('phone') }} as phone,
        lower({{ mixpanel_value('os') }}) as os,
        lower({{ mixpanel_value('device') }}) as device,
        coalesce(lower({{ mixpanel_value('mp_lib') }}), 'web') as library,
        {{ mixpanel_value('current_url') }} as page_url,
        {{ mixpanel_value('referrer') }} as page_referrer,
        {{ mixpanel_value('utm_source') }} as utm_source,
        {{ mixpanel_value('utm_medium') }} as utm_medium,
        {{ mixpanel_value('utm_campaign') }} as utm_campaign,
        {{ mixpanel_value('mp_processing_time_ms') }} as taken_in_at,
        {{ listed_field('mixpanel', 'events', 'user_ref') }} as listed_user,
        {{ listed_field('mixpanel', 'events', 'session_ref', mixpanel_value('session_id')) }} as session_ref,
        {{ listed_field('mixpanel', 'events', 'product_id', mixpanel_value('product_id')) }} as product_id,
        {{ listed_field('mixpanel', 'events', 'category', mixpanel_value('category')) }} as category,
        {{ listed_field('mixpanel', 'events', 'search_query', mixpanel_value('search_query')) }}
            as search_query,
        {{ listed_field('mixpanel', 'events', 'revenue', mixpanel_value('revenue')) }} as revenue,
        properties
    from events

),

known as (

    select
        *,
        library in ('android', 'iphone', 'swift', 'react-native', 'flutter', 'unity') as is_of_app,
        -- a browser goes on telling of a link for months: the page's own address says when it was followed
        library <> 'web' or coalesce(position('utm_' in page_url), 0) > 0 as is_of_link,
        case
            when distinct_id not like '$device:%' and coalesce(distinct_id <> device_id, true)
                then distinct_id
        end as person_id
    from told_events

),

renamed as (

    select
        known.feed_file,
        known.feed_row,

        -- ids: an event that is exported again is the same, whoever it has been found to be of since
        {{ hashed(
            "concat_ws('|', known.event, known.occurred_at, "
            ~ "coalesce(known.insert_id, coalesce(known.distinct_id, '') || coalesce(known.properties, '')))"
        ) }} as event_id,
        case when not known.is_of_app then known.device_id end as anonymous_id,
        case when known.is_of_app then known.device_id end as device_id,
        coalesce(known.listed_user, known.user_id, known.person_id) as user_ref,
        profiles.contact_id,
        known.email,
        known.phone,
        known.session_ref,
        known.product_id,

        -- words
        known.event as event_name,
        known.category,
        known.search_query,
        case
            when known.is_of_app then 'app'
            when known.device = 'ipad' then 'tablet'
            when known.os in ('ios', 'android', 'windows phone', 'windows mobile', 'blackberry') then 'mobile'
            when known.os is not null then 'desktop'
        end as device,
        known.page_url,
        case
            when known.page_referrer <> '$direct'
                then {{ outer_referrer('known.page_referrer', 'known.page_url') }}
        end as referrer,
        case when known.is_of_link then known.utm_source end as utm_source,
        case when known.is_of_link then known.utm_medium end as utm_medium,
        case when known.is_of_link then known.utm_campaign end as utm_campaign,

        -- money
        known.revenue,

        -- times
        known.occurred_at,
        case when {{ fits('known.taken_in_at', '\\d{13}') }} then known.taken_in_at end as received_at

    from known

    left join profiles
        on 'mixpanel:' || known.distinct_id = profiles.contact_id

)

select * from renamed
