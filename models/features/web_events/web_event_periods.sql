with

web_events as (

    select * from {{ ref('web_events') }}
    where
        customer_id is not null
        and not is_bot
        and {{ is_known_to_a_snapshot('known_at') }}

),

period_days as (

    select * from {{ ref('period_days') }}

),

judged_days as (

    -- that an event is no bot's is known later than the event: asked once per day, not per event. What is
    -- judged after the last snapshot lies in the last period, which no snapshot may know
    select
        period_days.day,
        period_days.starts_at,
        period_days.ends_at,
        period_days.period,
        coalesce(judging_days.period, max(period_days.period) over ()) as judged_period

    from period_days

    left join period_days as judging_days
        on {{ is_in_period(day_known_at('period_days.day'), 'judging_days') }}

),

web_event_periods as (

    select
        web_events.customer_id,
        {{ period_number('judged_days') }} as period,
        greatest(coalesce(judged_days.judged_period, 0), {{ period_number('known_days') }}) as known_period,
        count(*) as events,
        count(*) filter (where web_events.event_name = 'view_item') as viewed_events,
        count(*) filter (where web_events.event_name = 'search') as searched_events,
        count(*) filter (where web_events.event_name = 'add_to_cart') as carted_events,
        count(*) filter (where web_events.event_name = 'compare') as compared_events,
        count(*) filter (where web_events.event_name = 'begin_checkout') as checkout_events,
        count(web_events.device) as device_events,
        count(*) filter (where {{ is_mobile_device('web_events.device') }}) as mobile_events,
        count(*) filter (where {{ is_weekend('web_events.occurred_at') }}) as weekend_events,
        count(*) filter (where {{ is_evening('web_events.occurred_at') }}) as evening_events,
        max(web_events.occurred_at) filter (where web_events.event_name = 'view_item') as last_viewed_at,
        max(web_events.occurred_at) filter (where web_events.event_name = 'add_to_cart') as last_carted_at

    from web_events

    left join judged_days
        on {{ is_in_period('web_events.occurred_at', 'judged_days') }}

    left join period_days as known_days
        on {{ is_in_period('web_events.known_at', 'known_days') }}

    group by
        web_events.customer_id,
        judged_days.period,
        greatest(coalesce(judged_days.judged_period, 0), {{ period_number('known_days') }})

)

select * from web_event_periods
