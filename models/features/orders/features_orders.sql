with

snapshots as (

    select * from {{ ref('snapshots_due') }}

),

snapshot_periods as (

    select * from {{ ref('snapshot_periods') }}

),

order_periods as (

    select * from {{ ref('order_periods') }}

),

periods_before_snapshot as (

    select
        snapshots.customer_snapshot_id,
        snapshot_periods.window_days,
        snapshot_periods.last_year_window_days,
        order_periods.*

    from snapshots

    inner join snapshot_periods
        on snapshots.snapshot_at = snapshot_periods.snapshot_at

    inner join order_periods
        on
            snapshots.customer_id = order_periods.customer_id
            and snapshot_periods.period = order_periods.period
            and {{ is_current_before_snapshot('order_periods') }}

),

summed as (

    select
        customer_snapshot_id,
        {% for window in feature_windows() -%}
        {% set in_window = 'filter (where window_days <= ' ~ window.days ~ ')' -%}
        sum(orders) {{ in_window }} as orders_{{ window.name }},
        sum(amount) {{ in_window }} as amount_{{ window.name }},
        sum(squared_amount) {{ in_window }} as squared_amount_{{ window.name }},
        max(largest_amount) {{ in_window }} as largest_amount_{{ window.name }},
        sum(discount_amount) {{ in_window }} as discount_amount_{{ window.name }},
        sum(discounted_orders) {{ in_window }} as discounted_orders_{{ window.name }},
        sum(returned_orders) {{ in_window }} as returned_orders_{{ window.name }},
        sum(weekend_orders) {{ in_window }} as weekend_orders_{{ window.name }},
        sum(evening_orders) {{ in_window }} as evening_orders_{{ window.name }},
        sum(cancelled_orders) {{ in_window }} as cancelled_orders_{{ window.name }},
        sum(day_numbers) {{ in_window }} as day_numbers_{{ window.name }},
        {% endfor -%}
        {% for window in last_year_windows() -%}
        {% set in_window = 'filter (where last_year_window_days <= ' ~ window.days ~ ')' -%}
        sum(orders) {{ in_window }} as orders_{{ window.name }}_last_year,
        sum(amount) {{ in_window }} as amount_{{ window.name }}_last_year
        {{- ',' if not loop.last }}
        {% endfor %}
    from periods_before_snapshot
    group by customer_snapshot_id

),

features as (

    select
        snapshots.customer_snapshot_id,
        {% for window in feature_windows() -%}
        cast(coalesce(orders_{{ window.name }}, 0) as bigint) as orders_count_{{ window.name }},
        cast(coalesce(amount_{{ window.name }}, 0) as decimal(18, 2)) as orders_amount_sum_{{ window.name }},
        {{ share('amount', 'orders', window) }} as orders_amount_avg_{{ window.name }},
        cast(largest_amount_{{ window.name }} as decimal(18, 2)) as orders_amount_max_{{ window.name }},
        cast(coalesce(discount_amount_{{ window.name }}, 0) as decimal(18, 2))
            as orders_discount_sum_{{ window.name }},
        {{ share('discounted_orders', 'orders', window) }} as orders_discounted_share_{{ window.name }},
        {% endfor -%}
        {% for window in main_windows() -%}
        {{ standard_deviation('orders', 'amount', 'squared_amount', window) }}
            as orders_amount_std_{{ window.name }},
        {{ share('returned_orders', 'orders', window) }} as orders_returned_share_{{ window.name }},
        {{ share('weekend_orders', 'orders', window) }} as orders_weekend_share_{{ window.name }},
        {{ share('evening_orders', 'orders', window) }} as orders_evening_share_{{ window.name }},
        cast(coalesce(cancelled_orders_{{ window.name }}, 0) as bigint)
            as orders_cancelled_count_{{ window.name }},
        {% endfor -%}
        {% for window in trend_windows() -%}
        {{ trend('orders', 'day_numbers', 'snapshots.snapshot_at', window) }}
            as orders_count_trend_{{ window.name }},
        {% endfor -%}
        {% for window in last_year_windows() -%}
        cast(coalesce(orders_{{ window.name }}_last_year, 0) as bigint)
            as orders_count_{{ window.name }}_last_year,
        cast(coalesce(amount_{{ window.name }}_last_year, 0) as decimal(18, 2))
            as orders_amount_sum_{{ window.name }}_last_year
        {{- ',' if not loop.last }}
        {% endfor %}
    from snapshots

    left join summed
        on snapshots.customer_snapshot_id = summed.customer_snapshot_id

)

select * from features
