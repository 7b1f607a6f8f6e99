with

features_orders as (

    select * from {{ ref('features_orders') }}

),

comparisons as (

    -- shares of the longer window; a steady customer has short / long of the days
    select
        customer_snapshot_id
        {% for short, long in window_pairs() %},
        cast(orders_count_{{ short }} as double)
            / nullif(orders_count_{{ long }}, 0) as orders_count_{{ short }}_over_{{ long }},
        cast(orders_amount_sum_{{ short }} as double)
            / nullif(orders_amount_sum_{{ long }}, 0) as orders_amount_sum_{{ short }}_over_{{ long }}
        {%- endfor %}
    from features_orders

)

select * from comparisons
