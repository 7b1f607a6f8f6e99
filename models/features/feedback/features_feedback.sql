with

snapshots as (

    select * from {{ ref('snapshots_due') }}

),

snapshot_periods as (

    select * from {{ ref('snapshot_periods') }}

),

feedback_periods as (

    select * from {{ ref('feedback_periods') }}

),

periods_before_snapshot as (

    select
        snapshots.customer_snapshot_id,
        snapshot_periods.window_days,
        feedback_periods.*

    from snapshots

    inner join snapshot_periods
        on snapshots.snapshot_at = snapshot_periods.snapshot_at

    inner join feedback_periods
        on
            snapshots.customer_id = feedback_periods.customer_id
            and snapshot_periods.period = feedback_periods.period
            and {{ is_known_before_snapshot('feedback_periods') }}

),

summed as (

    select
        customer_snapshot_id,
        {% for window in feature_windows() -%}
        sum(feedback) filter (where window_days <= {{ window.days }}) as feedback_{{ window.name }},
        {% endfor -%}
        {% for window in main_windows() -%}
        {% set in_window = 'filter (where window_days <= ' ~ window.days ~ ')' -%}
        sum(reviews) {{ in_window }} as reviews_{{ window.name }},
        sum(ratings) {{ in_window }} as ratings_{{ window.name }},
        sum(rating) {{ in_window }} as rating_{{ window.name }},
        sum(negative_ratings) {{ in_window }} as negative_ratings_{{ window.name }},
        min(smallest_rating) {{ in_window }} as smallest_rating_{{ window.name }},
        {% endfor -%}
        max(last_at) as last_at
    from periods_before_snapshot
    group by customer_snapshot_id

),

features as (

    select
        snapshots.customer_snapshot_id,
        {% for window in feature_windows() -%}
        cast(coalesce(feedback_{{ window.name }}, 0) as bigint)
            as feedback_count_{{ window.name }},
        {% endfor -%}
        {% for window in main_windows() -%}
        cast(coalesce(reviews_{{ window.name }}, 0) as bigint)
            as feedback_reviewed_count_{{ window.name }},
        {{ share('rating', 'ratings', window) }} as feedback_rating_avg_{{ window.name }},
        smallest_rating_{{ window.name }} as feedback_rating_min_{{ window.name }},
        {{ share('negative_ratings', 'ratings', window) }} as feedback_negative_share_{{ window.name }},
        {% endfor -%}
        {{ days_between('last_at', 'snapshots.snapshot_at') }} as feedback_days_since_last

    from snapshots

    left join summed
        on snapshots.customer_snapshot_id = summed.customer_snapshot_id

)

select * from features
