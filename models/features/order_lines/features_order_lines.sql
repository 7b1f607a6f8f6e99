with

snapshots as (

    select * from {{ ref('customer_snapshots') }}

),

buckets as (

    select
        customer_snapshot_id,
        window_days,
        sum(lines) as lines,
        sum(discounted_lines) as discounted_lines,
        sum(returned_lines) as returned_lines
    from {{ ref('order_line_window_buckets') }}
    group by customer_snapshot_id, window_days

),

summed as (

    select
        snapshots.customer_snapshot_id,
        {% for window in feature_windows() -%}
        {% set in_window = 'filter (where buckets.window_days <= ' ~ window.days ~ ')' -%}
        coalesce(sum(buckets.lines) {{ in_window }}, 0) as lines_{{ window.name }},
        sum(buckets.discounted_lines) {{ in_window }} as discounted_lines_{{ window.name }},
        sum(buckets.returned_lines) {{ in_window }} as returned_lines_{{ window.name }}
        {{- ',' if not loop.last }}
        {% endfor %}

    from snapshots

    left join buckets
        on snapshots.customer_snapshot_id = buckets.customer_snapshot_id

    group by snapshots.customer_snapshot_id

),

features as (

    select
        customer_snapshot_id,
        {% for window in feature_windows() -%}
        cast(lines_{{ window.name }} as bigint) as order_lines_count_{{ window.name }},
        cast(discounted_lines_{{ window.name }} as double)
            / nullif(lines_{{ window.name }}, 0) as order_lines_discounted_share_{{ window.name }},
        -- a line that is both marked and booked as returned came back once
        cast(least(returned_lines_{{ window.name }}, lines_{{ window.name }}) as double)
            / nullif(lines_{{ window.name }}, 0) as order_lines_returned_share_{{ window.name }}
        {{- ',' if not loop.last }}
        {% endfor %}
    from summed

)

select * from features
