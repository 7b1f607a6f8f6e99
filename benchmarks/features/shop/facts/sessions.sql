select
    id_of('session', number) as session_id,
    visitor_id,
    'session-' || number as session_ref,
    customer_id,
    events,
    cast(ceil(events * 0.8) as bigint) as views,
    pick(number, 'searches', 2, 1) as searches,
    pick(number, 'carts', 2, 2) as carts,
    pick(number, 'checkouts', 2, 3) as checkouts,
    share(number, 'converted') < 0.08 as is_converted,
    device,
    utm_source,
    case when utm_source is not null then 'cpc' end as utm_medium,
    case when utm_source is not null then 'campaign-' || pick(number, 'campaign', 100, 1) end as utm_campaign,
    started_at,
    started_at + to_seconds(40 * events) as ended_at,
    known_at + interval '36' hour as known_at
from drawn_sessions
