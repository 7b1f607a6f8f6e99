with

snapshots as (

    select * from {{ ref('snapshots_due') }}

),

snapshot_periods as (

    select * from {{ ref('snapshot_periods') }}

),

web_event_periods as (

    select * from {{ ref('web_event_periods') }}

),

periods_before_snapshot as (

    select
        snapshots.customer_snapshot_id,
        snapshot_periods.window_days,
        web_event_periods.*

    from snapshots

    inner join snapshot_periods
        on snapshots.snapshot_at = snapshot_periods.snapshot_at

    inner join web_event_periods
        on
            snapshots.customer_id = web_event_periods.customer_id
            and snapshot_periods.period = web_event_periods.period
            and {{ is_known_before_snapshot('web_event_periods') }}

),

summed as (

    select
        customer_snapshot_id,
        {% for window in feature_windows() -%}
        {% set in_window = 'filter (where window_days <= ' ~ window.days ~ ')' -%}
        sum(events) {{ in_window }} as events_{{ window.name }},
        sum(viewed_events) {{ in_window }} as viewed_events_{{ window.name }},
        sum(searched_events) {{ in_window }} as searched_events_{{ window.name }},
        sum(carted_events) {{ in_window }} as carted_events_{{ window.name }},
        {% endfor -%}
        {% for window in main_windows() -%}
        {% set in_window = 'filter (where window_days <= ' ~ window.days ~ ')' -%}
        sum(compared_events) {{ in_window }} as compared_events_{{ window.name }},
        sum(checkout_events) {{ in_window }} as checkout_events_{{ window.name }},
        sum(device_events) {{ in_window }} as device_events_{{ window.name }},
        sum(mobile_events) {{ in_window }} as mobile_events_{{ window.name }},
        sum(weekend_events) {{ in_window }} as weekend_events_{{ window.name }},
        sum(evening_events) {{ in_window }} as evening_events_{{ window.name }},
        {% endfor -%}
        max(last_viewed_at) as last_viewed_at,
        max(last_carted_at) as last_carted_at
    from periods_before_snapshot
    group by customer_snapshot_id

),

features as (

    select
        snapshots.customer_snapshot_id,
        {% for window in feature_windows() -%}
        cast(coalesce(events_{{ window.name }}, 0) as bigint) as web_events_count_{{ window.name }},
        cast(coalesce(viewed_events_{{ window.name }}, 0) as bigint)
            as web_events_viewed_count_{{ window.name }},
        cast(coalesce(searched_events_{{ window.name }}, 0) as bigint)
            as web_events_searched_count_{{ window.name }},
        cast(coalesce(carted_events_{{ window.name }}, 0) as bigint)
            as web_events_carted_count_{{ window.name }},
        {% endfor -%}
        {% for window in main_windows() -%}
        cast(coalesce(compared_events_{{ window.name }}, 0) as bigint)
            as web_events_compared_count_{{ window.name }},
        cast(coalesce(checkout_events_{{ window.name }}, 0) as bigint)
            as web_events_checkout_count_{{ window.name }},
        {{ share('mobile_events', 'device_events', window) }} as web_events_mobile_share_{{ window.name }},
        {{ share('weekend_events', 'events', window) }} as web_events_weekend_share_{{ window.name }},
        {{ share('evening_events', 'events', window) }} as web_events_evening_share_{{ window.name }},
        {% endfor -%}
        {% for short, long in window_pairs() -%}
        {{ over('viewed_events', short, long) }} as web_events_viewed_count_{{ short }}_over_{{ long }},
        {% endfor -%}
        {{ days_between('last_viewed_at', 'snapshots.snapshot_at') }} as web_events_viewed_days_since_last,
        {{ days_between('last_carted_at', 'snapshots.snapshot_at') }} as web_events_carted_days_since_last
    from snapshots

    left join summed
        on snapshots.customer_snapshot_id = summed.customer_snapshot_id

)

select * from features
