with

snapshots as (

    select * from {{ ref('snapshots_due') }}

),

snapshot_periods as (

    select * from {{ ref('snapshot_periods') }}

),

campaign_periods as (

    select * from {{ ref('campaign_periods') }}

),

campaign_response_windows as (

    select * from {{ ref('campaign_response_windows') }}

),

periods_before_snapshot as (

    select
        snapshots.customer_snapshot_id,
        snapshot_periods.window_days,
        campaign_periods.*

    from snapshots

    inner join snapshot_periods
        on snapshots.snapshot_at = snapshot_periods.snapshot_at

    inner join campaign_periods
        on
            snapshots.customer_id = campaign_periods.customer_id
            and snapshot_periods.period = campaign_periods.period
            and {{ is_known_before_snapshot('campaign_periods') }}

),

summed as (

    select
        customer_snapshot_id,
        {% for window in main_windows() -%}
        {% set in_window = 'filter (where window_days <= ' ~ window.days ~ ')' -%}
        sum(treated) {{ in_window }} as treated_{{ window.name }},
        sum(control) {{ in_window }} as control_{{ window.name }},
        {% endfor -%}
        max(last_treated_at) as last_treated_at
    from periods_before_snapshot
    group by customer_snapshot_id

),

responded as (

    select
        customer_snapshot_id,
        {% for window in main_windows() -%}
        count(*) filter (where window_days <= {{ window.days }}) as responded_{{ window.name }}
        {{- ',' if not loop.last }}
        {% endfor %}
    from campaign_response_windows
    group by customer_snapshot_id

),

features as (

    select
        snapshots.customer_snapshot_id,
        {% for window in main_windows() -%}
        cast(coalesce(treated_{{ window.name }}, 0) as bigint)
            as campaigns_treated_count_{{ window.name }},
        cast(coalesce(control_{{ window.name }}, 0) as bigint)
            as campaigns_control_count_{{ window.name }},
        coalesce(responded_{{ window.name }}, 0) as campaigns_responded_count_{{ window.name }},
        {{ rate('responded', 'treated', window) }} as campaigns_responded_rate_{{ window.name }},
        {% endfor -%}
        {{ days_between('last_treated_at', 'snapshots.snapshot_at') }} as campaigns_treated_days_since_last

    from snapshots

    left join summed
        on snapshots.customer_snapshot_id = summed.customer_snapshot_id

    left join responded
        on snapshots.customer_snapshot_id = responded.customer_snapshot_id

)

select * from features
