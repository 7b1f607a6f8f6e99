with

snapshots as (

    select * from {{ ref('snapshots_due') }}

),

places as (

    select * from {{ ref('order_place_windows') }}

),

channels as (

    select
        customer_snapshot_id,
        {% for window in main_windows() -%}
        count(distinct channel) filter (where window_days <= {{ window.days }}) as channels_{{ window.name }},
        count(distinct store_id) filter (where window_days <= {{ window.days }}) as stores_{{ window.name }}
        {{- ',' if not loop.last }}
        {% endfor %}
    from places
    group by customer_snapshot_id

),

features as (

    select
        snapshots.customer_snapshot_id,
        {% for window in main_windows() -%}
        coalesce(channels.channels_{{ window.name }}, 0) as channels_distinct_count_{{ window.name }},
        coalesce(channels.stores_{{ window.name }}, 0) as stores_distinct_count_{{ window.name }}
        {{- ',' if not loop.last }}
        {% endfor %}
    from snapshots

    left join channels
        on snapshots.customer_snapshot_id = channels.customer_snapshot_id

)

select * from features
