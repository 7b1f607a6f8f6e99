with

sessions as (

    select * from {{ ref('sessions') }}
    where
        customer_id is not null
        and {{ is_known_to_a_snapshot('known_at') }}

),

period_days as (

    select * from {{ ref('period_days') }}

),

session_periods as (

    select
        sessions.customer_id,
        {{ period_number('started_days') }} as period,
        {{ period_number('known_days') }} as known_period,
        count(*) as sessions,
        sum({{ seconds_between('sessions.started_at', 'sessions.ended_at') }}) as duration_seconds,
        sum(sessions.views) as views,
        count(*) filter (where sessions.is_converted) as converted_sessions,
        count(*) filter (where sessions.events = 1) as bounced_sessions,
        count(*) filter (where sessions.carts > 0) as carted_sessions,
        count(*) filter (where sessions.carts > 0 and not sessions.is_converted) as abandoned_sessions,
        count(sessions.device) as device_sessions,
        count(*) filter (where {{ is_mobile_device('sessions.device') }}) as mobile_sessions,
        count(*) filter (where {{ is_weekend('sessions.started_at') }}) as weekend_sessions,
        count(*) filter (where {{ is_evening('sessions.started_at') }}) as evening_sessions,
        count(*) filter (where {{ is_paid_medium('sessions.utm_medium') }}) as paid_sessions,
        sum({{ day_number('sessions.started_at') }}) as day_numbers,
        min(sessions.started_at) as first_started_at,
        max(sessions.started_at) as last_started_at,
        max(sessions.started_at) filter (where sessions.is_converted) as last_converted_at

    from sessions

    left join period_days as started_days
        on {{ is_in_period('sessions.started_at', 'started_days') }}

    left join period_days as known_days
        on {{ is_in_period('sessions.known_at', 'known_days') }}

    group by sessions.customer_id, started_days.period, known_days.period

)

select * from session_periods
