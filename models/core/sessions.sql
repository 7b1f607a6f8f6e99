with

events as (

    -- what arrives after its session was counted must not change it
    select * from {{ ref('web_events') }}
    where not is_bot and not is_late

),

pieces as (

    -- no silence fits into a piece, so sessions can be made of pieces, of which there are far fewer
    select
        visitor_id,
        session_ref,
        {{ first_row(['device', 'utm_source', 'utm_medium', 'utm_campaign'], ['occurred_at', 'event_id']) }}
            as first_event,
        min(customer_id) as smallest_customer_id,
        max(customer_id) as largest_customer_id,
        max(known_at) filter (where customer_id is not null) as linked_at,
        count(*) as events,
        count(*) filter (where event_name in ('page_view', 'view_item')) as views,
        count(*) filter (where event_name = 'search') as searches,
        count(*) filter (where event_name = 'add_to_cart') as carts,
        count(*) filter (where event_name = 'begin_checkout') as checkouts,
        count(*) filter (where event_name = 'purchase') as purchases,
        min(occurred_at) as started_at,
        max(occurred_at) as ended_at
    from events
    group by visitor_id, session_ref, {{ silence_piece('occurred_at') }}

),

followed as (

    select
        *,
        lag(ended_at) over (
            partition by visitor_id, session_ref order by started_at asc nulls last
        ) as previous_ended_at
    from pieces

),

numbered as (

    select
        *,
        sum(case when {{ is_after_silence('started_at', 'previous_ended_at') }} then 1 else 0 end) over (
            partition by visitor_id, session_ref order by started_at asc nulls last
            rows between unbounded preceding and current row
        ) as session_number
    from followed

),

joined_pieces as (

    select
        visitor_id,
        session_ref,
        min_by(first_event, started_at) as first_event,
        min(smallest_customer_id) as smallest_customer_id,
        max(largest_customer_id) as largest_customer_id,
        max(linked_at) as linked_at,
        cast(sum(events) as bigint) as events,
        cast(sum(views) as bigint) as views,
        cast(sum(searches) as bigint) as searches,
        cast(sum(carts) as bigint) as carts,
        cast(sum(checkouts) as bigint) as checkouts,
        sum(purchases) > 0 as is_converted,
        min(started_at) as started_at,
        max(ended_at) as ended_at
    from numbered
    group by visitor_id, session_ref, session_number

),

sessions as (

    select
        {{ hashed("visitor_id || ':' || coalesce(session_ref, '') || ':' || cast(started_at as string)") }}
            as session_id,
        visitor_id,
        session_ref,
        -- a browser in which two people signed in says of neither what the other did
        case when smallest_customer_id = largest_customer_id then smallest_customer_id end as customer_id,
        events,
        views,
        searches,
        carts,
        checkouts,
        is_converted,
        first_event.device,
        first_event.utm_source,
        first_event.utm_medium,
        first_event.utm_campaign,
        started_at,
        ended_at,
        {{ linked_known_at(session_known_at('ended_at'), 'linked_at') }} as known_at
    from joined_pieces

)

select * from sessions
