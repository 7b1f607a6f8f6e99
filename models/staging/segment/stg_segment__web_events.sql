{{ config(enabled=is_connected('segment')) }}

with

calls as (

    select
        *,
        case call
            when 'pages' then 'page_view'
            when 'screens' then 'screen_view'
            when 'identifies' then 'identify'
            else coalesce(event_text, event, call)
        end as event_name,
        case when call = 'pages' then coalesce(url, context_page_url) else context_page_url end as page_url,
        case when call = 'pages' then coalesce(referrer, context_page_referrer) else context_page_referrer end
            as page_referrer
    from {{ ref('base_segment__calls') }}

),

profiles as (

    select distinct contact_id from {{ ref('stg_segment__contacts') }}

),

renamed as (

    select
        calls.feed_file,
        calls.feed_row,

        -- ids
        calls.id as event_id,
        calls.anonymous_id,
        calls.context_device_id as device_id,
        calls.user_id as user_ref,
        profiles.contact_id,
        coalesce(calls.email, calls.context_traits_email) as email,
        coalesce(calls.phone, calls.context_traits_phone) as phone,
        coalesce(calls.context_session_id, calls.session_id) as session_ref,
        coalesce(calls.product_id, calls.sku) as product_id,

        -- words
        calls.event_name,
        calls.category,
        calls.query as search_query,
        case
            when lower(calls.context_device_type) in ('ios', 'android') then 'app'
            else {{ device_of_user_agent('calls.context_user_agent') }}
        end as device,
        calls.page_url,
        {{ outer_referrer('calls.page_referrer', 'calls.page_url') }} as referrer,
        calls.context_campaign_source as utm_source,
        calls.context_campaign_medium as utm_medium,
        calls.context_campaign_name as utm_campaign,

        -- money
        case when calls.call = 'order_completed' then {{ segment_goods_amount() }} end as revenue,

        -- times
        calls.occurred_at,
        calls.received_at

    from calls

    left join profiles
        on 'segment:' || calls.user_id = profiles.contact_id

)

select * from renamed
