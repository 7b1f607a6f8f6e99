with

snapshots as (

    select * from {{ ref('snapshots_due') }}

),

snapshot_periods as (

    select * from {{ ref('snapshot_periods') }}

),

ticket_periods as (

    select * from {{ ref('ticket_periods') }}

),

periods_before_snapshot as (

    select
        snapshots.customer_snapshot_id,
        snapshot_periods.window_days,
        ticket_periods.outcome_known_period < snapshot_periods.snapshot_period as is_outcome_known,
        ticket_periods.*

    from snapshots

    inner join snapshot_periods
        on snapshots.snapshot_at = snapshot_periods.snapshot_at

    inner join ticket_periods
        on
            snapshots.customer_id = ticket_periods.customer_id
            and snapshot_periods.period = ticket_periods.period
            and {{ is_known_before_snapshot('ticket_periods') }}

),

summed as (

    select
        customer_snapshot_id,
        {% for window in feature_windows() -%}
        sum(tickets) filter (where window_days <= {{ window.days }}) as tickets_{{ window.name }},
        {% endfor -%}
        {% for window in main_windows() -%}
        {% set in_window = 'filter (where window_days <= ' ~ window.days ~ ')' -%}
        {% set of_known = in_window[:-1] ~ ' and is_outcome_known)' -%}
        sum(urgent_tickets) {{ in_window }} as urgent_tickets_{{ window.name }},
        sum(handling_minutes) {{ of_known }} as handling_minutes_{{ window.name }},
        sum(handled_tickets) {{ of_known }} as handled_tickets_{{ window.name }},
        sum(satisfaction) {{ of_known }} as satisfaction_{{ window.name }},
        sum(rated_tickets) {{ of_known }} as rated_tickets_{{ window.name }},
        sum(resolution_hours) {{ of_known }} as resolution_hours_{{ window.name }},
        sum(resolved_tickets) {{ of_known }} as resolved_tickets_{{ window.name }},
        min(smallest_satisfaction) {{ of_known }} as smallest_satisfaction_{{ window.name }},
        {% endfor -%}
        max(last_at) as last_at
    from periods_before_snapshot
    group by customer_snapshot_id

),

features as (

    select
        snapshots.customer_snapshot_id,
        {% for window in feature_windows() -%}
        cast(coalesce(tickets_{{ window.name }}, 0) as bigint)
            as tickets_count_{{ window.name }},
        {% endfor -%}
        {% for window in main_windows() -%}
        {{ share('urgent_tickets', 'tickets', window) }} as tickets_urgent_share_{{ window.name }},
        coalesce(handling_minutes_{{ window.name }}, 0)
            as tickets_handling_minutes_sum_{{ window.name }},
        {{ share('handling_minutes', 'handled_tickets', window) }}
            as tickets_handling_minutes_avg_{{ window.name }},
        {{ share('satisfaction', 'rated_tickets', window) }} as tickets_satisfaction_avg_{{ window.name }},
        smallest_satisfaction_{{ window.name }} as tickets_satisfaction_min_{{ window.name }},
        {{ share('resolution_hours', 'resolved_tickets', window) }}
            as tickets_resolution_hours_avg_{{ window.name }},
        {% endfor -%}
        cast(coalesce(tickets_lifetime - coalesce(resolved_tickets_lifetime, 0), 0) as bigint)
            as tickets_open_count_lifetime,
        {{ days_between('last_at', 'snapshots.snapshot_at') }} as tickets_days_since_last

    from snapshots

    left join summed
        on snapshots.customer_snapshot_id = summed.customer_snapshot_id

)

select * from features
