with

snapshots as (

    select * from {{ ref('snapshots_due') }}

),

snapshot_periods as (

    select * from {{ ref('snapshot_periods') }}

),

session_periods as (

    select * from {{ ref('session_periods') }}

),

periods_before_snapshot as (

    select
        snapshots.customer_snapshot_id,
        snapshot_periods.window_days,
        snapshot_periods.last_year_window_days,
        session_periods.*

    from snapshots

    inner join snapshot_periods
        on snapshots.snapshot_at = snapshot_periods.snapshot_at

    inner join session_periods
        on
            snapshots.customer_id = session_periods.customer_id
            and snapshot_periods.period = session_periods.period
            and {{ is_known_before_snapshot('session_periods') }}

),

summed as (

    select
        customer_snapshot_id,
        {% for window in feature_windows() -%}
        {{ window_sum('sessions', window) }} as sessions_{{ window.name }},
        {{ window_sum('duration_seconds', window) }} as duration_seconds_{{ window.name }},
        {{ window_sum('converted_sessions', window) }} as converted_sessions_{{ window.name }},
        {{ window_sum('bounced_sessions', window) }} as bounced_sessions_{{ window.name }},
        {{ window_sum('day_numbers', window) }} as day_numbers_{{ window.name }},
        {% endfor -%}
        {% for window in main_windows() -%}
        {{ window_sum('views', window) }} as views_{{ window.name }},
        {{ window_sum('carted_sessions', window) }} as carted_sessions_{{ window.name }},
        {{ window_sum('abandoned_sessions', window) }} as abandoned_sessions_{{ window.name }},
        {{ window_sum('device_sessions', window) }} as device_sessions_{{ window.name }},
        {{ window_sum('mobile_sessions', window) }} as mobile_sessions_{{ window.name }},
        {{ window_sum('weekend_sessions', window) }} as weekend_sessions_{{ window.name }},
        {{ window_sum('evening_sessions', window) }} as evening_sessions_{{ window.name }},
        {{ window_sum('paid_sessions', window) }} as paid_sessions_{{ window.name }},
        {% endfor -%}
        {% for window in last_year_windows() -%}
        {{ window_sum('sessions', window, window_days='last_year_window_days') }}
            as sessions_{{ window.name }}_last_year,
        {% endfor -%}
        min(first_started_at) as first_started_at,
        max(last_started_at) as last_started_at,
        max(last_converted_at) as last_converted_at
    from periods_before_snapshot
    group by customer_snapshot_id

),

features as (

    select
        snapshots.customer_snapshot_id,
        {% for window in feature_windows() -%}
        cast(coalesce(sessions_{{ window.name }}, 0) as bigint) as sessions_count_{{ window.name }},
        {{ share('duration_seconds', 'sessions', window) }}
            as sessions_duration_seconds_avg_{{ window.name }},
        {{ share('converted_sessions', 'sessions', window) }} as sessions_converted_share_{{ window.name }},
        {{ share('bounced_sessions', 'sessions', window) }} as sessions_bounced_share_{{ window.name }},
        {% endfor -%}
        {% for window in main_windows() -%}
        {{ share('views', 'sessions', window) }} as sessions_views_avg_{{ window.name }},
        {{ share('abandoned_sessions', 'carted_sessions', window) }}
            as sessions_abandoned_share_{{ window.name }},
        {{ share('mobile_sessions', 'device_sessions', window) }} as sessions_mobile_share_{{ window.name }},
        {{ share('weekend_sessions', 'sessions', window) }} as sessions_weekend_share_{{ window.name }},
        {{ share('evening_sessions', 'sessions', window) }} as sessions_evening_share_{{ window.name }},
        {{ share('paid_sessions', 'sessions', window) }} as sessions_paid_share_{{ window.name }},
        {% endfor -%}
        {% for short, long in window_pairs() -%}
        {{ over('sessions', short, long) }} as sessions_count_{{ short }}_over_{{ long }},
        {% endfor -%}
        {% for window in trend_windows() -%}
        {{ trend('sessions', 'day_numbers', 'snapshots.snapshot_at', window) }}
            as sessions_count_trend_{{ window.name }},
        {% endfor -%}
        {% for window in last_year_windows() -%}
        cast(coalesce(sessions_{{ window.name }}_last_year, 0) as bigint)
            as sessions_count_{{ window.name }}_last_year,
        {% endfor -%}
        {{ days_between('last_started_at', 'snapshots.snapshot_at') }} as sessions_days_since_last,
        {{ days_between('first_started_at', 'snapshots.snapshot_at') }} as sessions_days_since_first,
        {{ days_between('last_converted_at', 'snapshots.snapshot_at') }} as sessions_converted_days_since_last
    from snapshots

    left join summed
        on snapshots.customer_snapshot_id = summed.customer_snapshot_id

)

select * from features
