with

snapshots as (

    select * from {{ ref('snapshots_due') }}

),

snapshot_periods as (

    select * from {{ ref('snapshot_periods') }}

),

cost_periods as (

    select * from {{ ref('cost_periods') }}

),

periods_before_snapshot as (

    select
        snapshots.customer_snapshot_id,
        snapshot_periods.window_days,
        cost_periods.*

    from snapshots

    inner join snapshot_periods
        on snapshots.snapshot_at = snapshot_periods.snapshot_at

    inner join cost_periods
        on
            snapshots.customer_id = cost_periods.customer_id
            and snapshot_periods.period = cost_periods.period
            and {{ is_known_before_snapshot('cost_periods') }}

),

summed as (

    select
        customer_snapshot_id,
        {% for window in main_windows() -%}
        sum(amount) filter (where window_days <= {{ window.days }}) as amount_{{ window.name }}
        {{- ',' if not loop.last }}
        {% endfor %}
    from periods_before_snapshot
    group by customer_snapshot_id

),

features as (

    select
        snapshots.customer_snapshot_id,
        {% for window in main_windows() -%}
        cast(coalesce(amount_{{ window.name }}, 0) as decimal(18, 2)) as costs_amount_sum_{{ window.name }}
        {{- ',' if not loop.last }}
        {% endfor %}

    from snapshots

    left join summed
        on snapshots.customer_snapshot_id = summed.customer_snapshot_id

)

select * from features
