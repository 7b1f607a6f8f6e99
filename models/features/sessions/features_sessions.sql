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
        {% set in_window = 'filter (where window_days <= ' ~ window.days ~ ')' -%}
        sum(sessions) {{ in_window }} as sessions_{{ window.name }},
        sum(duration_seconds) {{ in_window }} as duration_seconds_{{ window.name }},
        sum(converted_sessions) {{ in_window }} as converted_sessions_{{ window.name }},
        sum(bounced_sessions) {{ in_window }} as bounced_sessions_{{ window.name }},
        sum(day_numbers) {{ in_window }} as day_numbers_{{ window.name }},
        {% endfor -%}
        {% for window in main_windows() -%}
        {% set in_window = 'filter (where window_days <= ' ~ window.days ~ ')' -%}
        sum(views) {{ in_window }} as views_{{ window.name }},
        sum(carted_sessions) {{ in_window }} as carted_sessions_{{ window.name }},
        sum(abandoned_sessions) {{ in_window }} as abandoned_sessions_{{ window.name }},
        sum(device_sessions) {{ in_window }} as device_sessions_{{ window.name }},
        sum(mobile_sessions) {{ in_window }} as mobile_sessions_{{ window.name }},
        sum(weekend_sessions) {{ in_window }} as weekend_sessions_{{ window.name }},
        sum(evening_sessions) {{ in_window }} as evening_sessions_{{ window.name }},
        sum(paid_sessions) {{ in_window }} as paid_sessions_{{ window.name }},
        {% endfor -%}
        {% for window in last_year_windows() -%}
        sum(sessions) filter (where last_year_window_days <= {{ window.days }})
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
