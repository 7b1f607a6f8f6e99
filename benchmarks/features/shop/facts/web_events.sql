with events as (
    select
        drawn_sessions.*,
        number * 16 + step as event,
        share(number * 16 + step, 'name') as name_share,
        'product-' || pick(number * 16 + step, 'product', 20000, 2) as product,
        'category-' || pick(number * 16 + step, 'product', 20000, 2) % 30 as product_category,
        to_seconds(40 * (step + share(number * 16 + step, 'second'))) as since_start
    from (select *, unnest(range(events)) as step from drawn_sessions) as drawn_sessions
),
named as (
    select
        *,
        case
            when name_share < 0.45 then 'page_view' when name_share < 0.72 then 'view_item'
            when name_share < 0.80 then 'search' when name_share < 0.85 then 'view_item_list'
            when name_share < 0.88 then 'compare' when name_share < 0.94 then 'add_to_cart'
            when name_share < 0.955 then 'remove_from_cart' when name_share < 0.97 then 'view_cart'
            when name_share < 0.985 then 'begin_checkout' when name_share < 0.995 then 'purchase'
            else 'login'
        end as event_name
    from events
)
select
    id_of('event', event) as event_id,
    customer_id,
    visitor_id,
    'session-' || number as session_ref,
    case when event_name in ('view_item', 'add_to_cart', 'compare', 'purchase') then product end as product_id,
    event_name,
    case when event_name in ('view_item', 'add_to_cart', 'compare') then product_category end as category,
    device,
    '/' || event_name as page_path,
    case when since_start < interval '40' second then utm_source || '.com' end as referrer_host,
    case when event_name = 'search' then 'words ' || pick(event, 'words', 1000, 2) end as search_query,
    utm_source,
    case when utm_source is not null then 'cpc' end as utm_medium,
    case when utm_source is not null then 'campaign-' || pick(number, 'campaign', 100, 1) end as utm_campaign,
    cast(case when event_name = 'purchase' then 5 + floor(100 * share(event, 'revenue')) end as decimal(18, 2))
        as revenue,
    share(customer, 'bot') < 0.005 as is_bot,
    known_at > started_at + interval '36' hour as is_late,
    false as is_clock_corrected,
    started_at + since_start as occurred_at,
    known_at + since_start as known_at
from named
