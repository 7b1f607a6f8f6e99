with

snapshots as (

    select * from {{ ref('snapshots_due') }}

),

snapshot_periods as (

    select * from {{ ref('snapshot_periods') }}

),

product_periods as (

    select * from {{ ref('product_periods') }}
    where product_id is not null

),

bought_before_snapshot as (

    select
        snapshots.customer_snapshot_id,
        snapshot_periods.window_days,
        product_periods.product_id,
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

products as (

    -- a product counts from the smallest window on that holds it, as repeated once it is there twice
    select
        customer_snapshot_id,
        product_id,
        min(window_days) as window_days,
        {% for window in main_windows() -%}
        sum(lines) filter (where window_days <= {{ window.days }}) > 1 as is_repeated_{{ window.name }}
        {{- ',' if not loop.last }}
        {% endfor %}
    from bought_before_snapshot
    group by customer_snapshot_id, product_id

),

counted as (

    select
        customer_snapshot_id,
        {% for window in main_windows() -%}
        count(*) filter (where is_repeated_{{ window.name }}) as repeated_products_{{ window.name }},
        {% endfor -%}
        {% for window in feature_windows() -%}
        count(*) filter (where window_days <= {{ window.days }}) as products_{{ window.name }}
        {{- ',' if not loop.last }}
        {% endfor %}
    from products
    group by customer_snapshot_id

),

features as (

    select
        snapshots.customer_snapshot_id,
        {% for window in feature_windows() -%}
        coalesce(products_{{ window.name }}, 0) as products_distinct_count_{{ window.name }},
        {% endfor -%}
        {% for window in main_windows() -%}
        {{ share('repeated_products', 'products', window) }} as products_repeated_share_{{ window.name }}
        {{- ',' if not loop.last }}
        {% endfor %}
    from snapshots

    left join counted
        on snapshots.customer_snapshot_id = counted.customer_snapshot_id

)

select * from features
