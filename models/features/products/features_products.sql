with

snapshots as (

    select * from {{ ref('snapshots_due') }}

),

products as (

    -- a product counts once in every window from the smallest on in which it was bought, and as repeated from the
    -- smallest on in which it was bought twice
    select
        customer_snapshot_id,
        product_id,
        min(window_days) as window_days,
        {% for window in main_windows() -%}
        sum(lines) filter (where window_days <= {{ window.days }}) > 1 as is_repeated_{{ window.name }}
        {{- ',' if not loop.last }}
        {% endfor %}
    from {{ ref('order_line_windows') }}
    where product_id is not null and lines > 0
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
