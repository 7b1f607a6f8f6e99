{{ config(enabled=is_connected('mixpanel')) }}

with

events as (

    select
        *,
        library in ('android', 'iphone', 'swift', 'react-native', 'flutter', 'unity') as is_of_app,
        -- a browser goes on telling of a link for months: the page's own address says when it was followed
        library <> 'web' or coalesce(position('utm_' in page_url), 0) > 0 as is_of_link,
        case
            when distinct_id not like '$device:%' and coalesce(distinct_id <> device_id, true)
                then distinct_id
        end as person_id
    from {{ ref('base_mixpanel__events') }}

),

profiles as (

    select distinct contact_id from {{ ref('stg_mixpanel__contacts') }}

),

renamed as (

    select
        events.feed_file,
        events.feed_row,

        -- ids: an event that is exported again is the same, whoever it has been found to be of since
        {{ hashed(
            "concat_ws('|', events.event, events.occurred_at, "
            ~ "coalesce(events.insert_id, coalesce(events.distinct_id, '') || coalesce(events.properties, '')))"
        ) }} as event_id,
        case when not events.is_of_app then events.device_id end as anonymous_id,
        case when events.is_of_app then events.device_id end as device_id,
        coalesce(events.listed_user, events.user_id, events.person_id) as user_ref,
        profiles.contact_id,
        events.email,
        events.phone,
        events.session_ref,
        events.product_id,

        -- words
        events.event as event_name,
        events.category,
        events.search_query,
        case
            when events.is_of_app then 'app'
            when events.device = 'ipad' then 'tablet'
            when events.os in ('ios', 'android', 'windows phone', 'windows mobile', 'blackberry')
                then 'mobile'
            when events.os is not null then 'desktop'
        end as device,
        events.page_url,
        case
            when events.page_referrer <> '$direct'
                then {{ outer_referrer('events.page_referrer', 'events.page_url') }}
        end as referrer,
        case when events.is_of_link then events.utm_source end as utm_source,
        case when events.is_of_link then events.utm_medium end as utm_medium,
        case when events.is_of_link then events.utm_campaign end as utm_campaign,

        -- money
        events.revenue,

        -- times
        events.occurred_at,
        case when {{ fits('events.taken_in_at', '\\d{13}') }} then events.taken_in_at end as received_at

    from events

    left join profiles
        on 'mixpanel:' || events.distinct_id = profiles.contact_id

)

select * from renamed
