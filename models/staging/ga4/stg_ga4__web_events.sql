{{ config(enabled=is_connected('ga4')) }}

with

events as (

    select
        *,
        {{ only_json_item('items') }} as only_item
    from {{ ref('base_ga4__events') }}

),

told as (

    select
        *,
        -- an event of a cart or a list is about no one product, even when one lies in it
        case
            when event_name not in (
                'purchase', 'refund', 'begin_checkout', 'add_shipping_info', 'add_payment_info', 'view_cart',
                'view_item_list'
            )
                then only_item
        end as item,
        {{ ga4_transaction_id() }} as transaction_id,
        {{ ga4_param('page_location') }} as page_url,
        {{ ga4_param('page_referrer') }} as page_referrer,
        coalesce(
            {{ known_to_ga4(ga4_field('collected_traffic_source', 'manual_source')) }},
            {{ known_to_ga4(ga4_param('source')) }}
        ) as source,
        coalesce(
            {{ known_to_ga4(ga4_field('collected_traffic_source', 'manual_medium')) }},
            {{ known_to_ga4(ga4_param('medium')) }}
        ) as medium,
        coalesce({{ ga4_field('collected_traffic_source', 'gclid') }}, {{ ga4_param('gclid') }}) as gclid
    from events

),

renamed as (

    select
        feed_file,
        feed_row,

        -- ids: a purchase counts once, however often the page that says thanks is opened
        case
            when event_name = 'purchase' and transaction_id is not null
                then {{ hashed("concat_ws('|', 'purchase', user_pseudo_id, transaction_id)") }}
            else event_id
        end as event_id,
        anonymous_id,
        device_id,
        user_ref,
        {{ ga4_param('ga_session_id') }} as session_ref,
        {{ known_to_ga4(json_text('item', 'item_id')) }} as product_id,

        -- words
        event_name,
        coalesce(
            {{ known_to_ga4(json_text('item', 'item_category')) }}, {{ ga4_param('category') }}
        ) as category,
        {{ ga4_param('search_term') }} as search_query,
        case
            when is_of_browser then lower({{ ga4_field('device', 'category') }})
            else 'app'
        end as device,
        page_url,
        {{ outer_referrer('page_referrer', 'page_url') }} as referrer,
        -- a click on one of Google's ads says so in its own way
        coalesce(source, case when medium is null and gclid is not null then 'google' end) as utm_source,
        coalesce(medium, case when source is null and gclid is not null then 'cpc' end) as utm_medium,
        coalesce(
            {{ known_to_ga4(ga4_field('collected_traffic_source', 'manual_campaign_name')) }},
            {{ known_to_ga4(ga4_param('campaign')) }}
        ) as utm_campaign,

        -- money
        case
            when event_name = 'purchase'
                then coalesce({{ ga4_field('ecommerce', 'purchase_revenue') }}, {{ ga4_param('value') }})
        end as revenue,

        -- times
        event_timestamp as occurred_at,
        received_at,

        rejected_column,
        rejected_reason

    from told

)

select * from renamed
