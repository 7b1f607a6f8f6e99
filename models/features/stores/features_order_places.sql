with

snapshots as (

    select * from {{ ref('snapshots_due') }}

),

order_place_windows as (

    select * from {{ ref('order_place_windows') }}

),

places as (

    -- a channel counts from the smallest window of any of its stores on, and a store from that of any channel
    select
        customer_snapshot_id,
        'channel' as kind,
        min(window_days) as window_days
    from order_place_windows
    where channel is not null
    group by customer_snapshot_id, channel

    union all

    select
        customer_snapshot_id,
        'store' as kind,
        min(window_days) as window_days
    from order_place_windows
    where store_id is not null
    group by customer_snapshot_id, store_id

),

counted as (

    select
        customer_snapshot_id,
        {% for window in main_windows() -%}
        {% set in_window = 'window_days <= ' ~ window.days -%}
        count(*) filter (where kind = 'channel' and {{ in_window }}) as channels_{{ window.name }},
        count(*) filter (where kind = 'store' and {{ in_window }}) as stores_{{ window.name }}
        {{- ',' if not loop.last }}
        {% endfor %}
    from places
    group by customer_snapshot_id

),

features as (

    select
        snapshots.customer_snapshot_id,
        {% for window in main_windows() -%}
        coalesce(counted.channels_{{ window.name }}, 0) as channels_distinct_count_{{ window.name }},
        coalesce(counted.stores_{{ window.name }}, 0) as stores_distinct_count_{{ window.name }}
        {{- ',' if not loop.last }}
        {% endfor %}
    from snapshots

    left join counted
        on snapshots.customer_snapshot_id = counted.customer_snapshot_id

)

select * from features
