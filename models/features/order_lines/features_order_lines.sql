with

snapshots as (

    select * from {{ ref('snapshots_due') }}

),

snapshot_periods as (

    select * from {{ ref('snapshot_periods') }}

),

order_line_periods as (

    select * from {{ ref('order_line_periods') }}

),

periods_before_snapshot as (

    select
        snapshots.customer_snapshot_id,
        snapshot_periods.window_days,
        order_line_periods.*

    from snapshots

    inner join snapshot_periods
        on snapshots.snapshot_at = snapshot_periods.snapshot_at

    inner join order_line_periods
        on
            snapshots.customer_id = order_line_periods.customer_id
            and snapshot_periods.period = order_line_periods.period
            and {{ is_current_before_snapshot('order_line_periods') }}

),

summed as (

    select
        customer_snapshot_id,
        {% for window in feature_windows() -%}
        {% set in_window = 'filter (where window_days <= ' ~ window.days ~ ')' -%}
        sum(lines) {{ in_window }} as lines_{{ window.name }},
        sum(discounted_lines) {{ in_window }} as discounted_lines_{{ window.name }},
        sum(returned_lines) {{ in_window }} as returned_lines_{{ window.name }},
        sum(quantity) {{ in_window }} as quantity_{{ window.name }}
        {{- ',' if not loop.last }}
        {% endfor %}
    from periods_before_snapshot
    group by customer_snapshot_id

),

features as (

    select
        snapshots.customer_snapshot_id,
        {% for window in feature_windows() -%}
        cast(coalesce(lines_{{ window.name }}, 0) as bigint) as order_lines_count_{{ window.name }},
        {{ share('discounted_lines', 'lines', window) }} as order_lines_discounted_share_{{ window.name }},
        -- a line that is both marked and booked as returned came back once
        cast(least(returned_lines_{{ window.name }}, lines_{{ window.name }}) as double)
            / nullif(lines_{{ window.name }}, 0) as order_lines_returned_share_{{ window.name }},
        {% endfor -%}
        {% for window in main_windows() -%}
        {{ share('quantity', 'lines', window) }} as order_lines_quantity_avg_{{ window.name }}
        {{- ',' if not loop.last }}
        {% endfor %}
    from snapshots

    left join summed
        on snapshots.customer_snapshot_id = summed.customer_snapshot_id

)

select * from features
