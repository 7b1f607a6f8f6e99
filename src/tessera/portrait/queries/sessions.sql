-- What happens in a session of the web shop. Events are grouped by session_ref in one pass; an event
-- without one is counted and left out. Names of events follow the common vocabularies (GA4, Segment).
-- Some shops send a page_view for every page, beside events like view_item; others send one event per
-- page. When at most one in a hundred of the sessions that look at something has no page_view, it is
-- the former, and page views alone are pages.
-- A session looks like a machine's when its device says so, when 20 events or more come on average
-- less than two seconds apart, or when it has more than 500: limits chosen, not measured.
with

events as (

    select
        case when session_ref is not null then hash(session_ref) end as session_key,
        occurred_at,
        lower(device) as device,
        regexp_replace(lower(event_name), '[^a-z]+', '_', 'g') as event

    from feed_web_events

),

named_events as (

    select
        session_key,
        occurred_at,
        device,
        event = 'page_view' as is_page_view,
        event in (
            'page_viewed', 'view_item', 'view_item_list', 'product_view', 'product_viewed', 'view_product',
            'category_view', 'product_list_viewed', 'view_category', 'landing', 'home', 'search',
            'view_search_results', 'products_searched', 'price_comparison', 'compare', 'view_cart',
            'cart_view', 'cart_viewed', 'view_order', 'order_viewed'
        ) as is_look,
        event in ('add_to_cart', 'product_added', 'cart_add', 'cart', 'view_cart', 'cart_view', 'cart_viewed')
            as is_cart,
        event in ('begin_checkout', 'checkout', 'checkout_started', 'checkout_start', 'start_checkout')
            as is_checkout,
        event in ('purchase', 'purchased', 'order', 'order_completed', 'order_placed', 'checkout_completed')
            as is_purchase

    from events

),

sessions as (

    select
        session_key,
        count(*) as events,
        count(*) filter (where is_page_view) as page_views,
        count(*) filter (where is_look) as looks,
        bool_or(is_cart) as has_cart,
        bool_or(is_checkout) as has_checkout,
        bool_or(is_purchase) as has_purchase,
        max(device) as device,
        date_diff('second', min(occurred_at), max(occurred_at)) as seconds

    from named_events

    group by session_key

),

judged_sessions as (

    select
        *,
        session_key is not null as is_session,
        coalesce(regexp_matches(device, 'bot|crawler|spider'), false)
            or events > 500
            or (events >= 20 and seconds < 2 * (events - 1)) as is_machine

    from sessions

),

totals as (

    select
        coalesce(sum(events) filter (where not is_session), 0) as events_without_session,
        count(*) as groups,
        avg(is_machine::int) filter (where is_session) as machine_share,
        nullif(count(*) filter (where is_session and not is_machine), 0) as sessions,
        count(*) filter (where has_purchase and is_session and not is_machine) as purchases,
        avg((not has_purchase)::int) filter (where (has_cart or has_checkout) and is_session and not is_machine)
            as cart_abandonment,
        avg((not has_purchase)::int) filter (where has_checkout and is_session and not is_machine)
            as checkout_abandonment,
        avg(regexp_matches(device, 'mobile|phone|android|\bios\b|\bapp\b')::int)
            filter (where is_session and not is_machine) as mobile_share,
        avg(page_views) filter (where is_session and not is_machine) as page_views,
        avg(looks) filter (where is_session and not is_machine) as looks,
        avg((page_views = 0)::int) filter (where looks > 0 and is_session and not is_machine)
            as looks_without_page_view

    from judged_sessions

)

select
    case when groups > 0 then events_without_session end as web_events_without_session,
    machine_share as machine_session_share,
    sessions / nullif((select count(*) from purchases), 0) as sessions_per_order,
    purchases / sessions as conversion_share,
    cart_abandonment as cart_abandonment_share,
    checkout_abandonment as checkout_abandonment_share,
    mobile_share,
    case when coalesce(looks_without_page_view, 0) <= 0.01 then page_views else page_views + looks end
        as pages_per_session

from totals
