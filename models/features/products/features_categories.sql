with

snapshots as (

    select * from {{ ref('customer_snapshots') }}

),

newest_buckets as (

    -- the smallest window in which each was bought: it counts once in every window from there on
    select
        customer_snapshot_id,
        category,
        min(window_days) as window_days
    from {{ ref('order_line_window_buckets') }}
    where category is not null and lines > 0
    group by customer_snapshot_id, category

),

buckets as (

    select
        customer_snapshot_id,
        window_days,
        count(*) as distinct_count
    from newest_buckets
    group by customer_snapshot_id, window_days

),

features as (

    select
        snapshots.customer_snapshot_id,
        {% for window in feature_windows() -%}
        cast(coalesce(sum(buckets.distinct_count) filter (
            where buckets.window_days <= {{ window.days }}
        ), 0) as bigint) as categories_distinct_count_{{ window.name }}
        {{- ',' if not loop.last }}
        {% endfor %}

    from snapshots

    left join buckets
        on snapshots.customer_snapshot_id = buckets.customer_snapshot_id

    group by snapshots.customer_snapshot_id

)

select * from features
