with

snapshots as (

    select * from {{ ref('snapshots_due') }}

),

snapshot_periods as (

    select * from {{ ref('snapshot_periods') }}

),

product_periods as (

    select * from {{ ref('product_periods') }}
    where category is not null

),

bought_before_snapshot as (

    select
        snapshots.customer_snapshot_id,
        snapshot_periods.window_days,
        product_periods.category,
        product_periods.lines

    from snapshots

    inner join snapshot_periods
        on snapshots.snapshot_at = snapshot_periods.snapshot_at

    inner join product_periods
        on
            snapshots.customer_id = product_periods.customer_id
            and snapshot_periods.period = product_periods.period
            and {{ is_current_before_snapshot('product_periods') }}

),

categories as (

    select
        customer_snapshot_id,
        category,
        min(window_days) as window_days,
        {% for window in main_windows() -%}
        sum(lines) filter (where window_days <= {{ window.days }}) as lines_{{ window.name }}
        {{- ',' if not loop.last }}
        {% endfor %}
    from bought_before_snapshot
    group by customer_snapshot_id, category

),

counted as (

    select
        customer_snapshot_id,
        {% for window in main_windows() -%}
        sum(lines_{{ window.name }}) as lines_{{ window.name }},
        max(lines_{{ window.name }}) as top_lines_{{ window.name }},
        sum(lines_{{ window.name }} * ln(lines_{{ window.name }})) as lines_ln_lines_{{ window.name }},
        {% endfor -%}
        {% for window in feature_windows() -%}
        count(*) filter (where window_days <= {{ window.days }}) as categories_{{ window.name }}
        {{- ',' if not loop.last }}
        {% endfor %}
    from categories
    group by customer_snapshot_id

),

features as (

    select
        snapshots.customer_snapshot_id,
        {% for window in feature_windows() -%}
        coalesce(categories_{{ window.name }}, 0) as categories_distinct_count_{{ window.name }},
        {% endfor -%}
        {% for window in main_windows() -%}
        {{ share('top_lines', 'lines', window) }} as categories_top_share_{{ window.name }},
        -- Shannon's entropy in nats of n lines in categories of k: ln n - sum(k ln k) / n
        case when lines_{{ window.name }} > 0 then greatest(
            ln(lines_{{ window.name }}) - {{ share('lines_ln_lines', 'lines', window) }}, 0
        ) end as categories_entropy_{{ window.name }}
        {{- ',' if not loop.last }}
        {% endfor %}
    from snapshots

    left join counted
        on snapshots.customer_snapshot_id = counted.customer_snapshot_id

)

select * from features
