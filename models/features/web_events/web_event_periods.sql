with

web_events as (

    select * from {{ ref('web_events') }}
    where
        customer_id is not null
        and not is_bot
        and {{ is_known_before('known_at', '(select max(snapshot_at) from ' ~ ref('snapshots_due') ~ ')') }}

),

period_days as (

    select * from {{ ref('period_days') }}

),

web_event_periods as (

    select
        web_events.customer_id,
        {{ period_number('occurred_days') }} as period,
        {{ period_number('known_days') }} as known_period,
        count(*) as web_events,
        count(*) filter (where web_events.event_name = 'view_item') as viewed_events,
        count(*) filter (where web_events.event_name = 'search') as searched_events,
        count(*) filter (where web_events.event_name = 'compare') as compared_events,
        count(*) filter (where web_events.event_name = 'add_to_cart') as carted_events,
        count(*) filter (where web_events.event_name = 'begin_checkout') as checkout_events,
        max(web_events.occurred_at) as last_at,
        max(web_events.occurred_at) filter (where web_events.event_name = 'view_item') as last_viewed_at,
        max(web_events.occurred_at) filter (where web_events.event_name = 'add_to_cart') as last_carted_at

    from web_events

    left join period_days as occurred_days
        on {{ is_in_period('web_events.occurred_at', 'occurred_days') }}

    left join period_days as known_days
        on {{ is_in_period('web_events.known_at', 'known_days') }}

    group by web_events.customer_id, occurred_days.period, known_days.period

)

select * from web_event_periods
