with

snapshots as (

    select * from {{ ref('customer_snapshots') }}

),

buckets as (

    select * from {{ ref('order_window_buckets') }}

),

summed as (

    select
        snapshots.customer_snapshot_id,
        {% for window in feature_windows() -%}
        {% set in_window = 'filter (where buckets.window_days <= ' ~ window.days ~ ')' -%}
        coalesce(sum(buckets.orders) {{ in_window }}, 0) as orders_count_{{ window.name }},
        coalesce(sum(buckets.amount) {{ in_window }}, 0) as orders_amount_sum_{{ window.name }},
        coalesce(sum(buckets.discount_amount) {{ in_window }}, 0)
            as orders_discount_sum_{{ window.name }},
        max(buckets.largest_amount) {{ in_window }} as orders_amount_max_{{ window.name }},
        sum(buckets.discounted_orders) {{ in_window }} as discounted_orders_{{ window.name }}
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
        cast(orders_count_{{ window.name }} as bigint) as orders_count_{{ window.name }},
        cast(orders_amount_sum_{{ window.name }} as decimal(18, 2)) as orders_amount_sum_{{ window.name }},
        cast(orders_amount_sum_{{ window.name }} as double)
            / nullif(orders_count_{{ window.name }}, 0) as orders_amount_avg_{{ window.name }},
        cast(orders_amount_max_{{ window.name }} as decimal(18, 2)) as orders_amount_max_{{ window.name }},
        cast(orders_discount_sum_{{ window.name }} as decimal(18, 2))
            as orders_discount_sum_{{ window.name }},
        cast(discounted_orders_{{ window.name }} as double)
            / nullif(orders_count_{{ window.name }}, 0) as orders_discounted_share_{{ window.name }}
        {{- ',' if not loop.last }}
        {% endfor %}
    from summed

)

select * from features
