with

snapshots as (

    select * from {{ ref('snapshots_due') }}

),

snapshot_periods as (

    select * from {{ ref('snapshot_periods') }}

),

message_periods as (

    select * from {{ ref('message_periods') }}

),

periods_before_snapshot as (

    select
        snapshots.customer_snapshot_id,
        snapshot_periods.window_days,
        message_periods.*

    from snapshots

    inner join snapshot_periods
        on snapshots.snapshot_at = snapshot_periods.snapshot_at

    inner join message_periods
        on
            snapshots.customer_id = message_periods.customer_id
            and snapshot_periods.period = message_periods.period
            and {{ is_known_before_snapshot('message_periods') }}

),

summed as (

    select
        customer_snapshot_id,
        {% for window in feature_windows() -%}
        {% set in_window = 'filter (where window_days <= ' ~ window.days ~ ')' -%}
        sum(sent_messages) {{ in_window }} as sent_{{ window.name }},
        sum(opened_messages) {{ in_window }} as opened_{{ window.name }},
        sum(clicked_messages) {{ in_window }} as clicked_{{ window.name }},
        {% endfor -%}
        {% for window in main_windows() -%}
        {% set in_window = 'filter (where window_days <= ' ~ window.days ~ ')' -%}
        sum(bounced_messages) {{ in_window }} as bounced_{{ window.name }},
        sum(unsubscribed_messages) {{ in_window }} as unsubscribed_{{ window.name }},
        sum(complained_messages) {{ in_window }} as complained_{{ window.name }},
        {% endfor -%}
        max(last_sent_at) as last_sent_at,
        max(last_opened_at) as last_opened_at,
        max(last_clicked_at) as last_clicked_at
    from periods_before_snapshot
    group by customer_snapshot_id

),

features as (

    -- a window counts what happened in it: an opening in it may be of a message sent before it, and repeat
    select
        snapshots.customer_snapshot_id,
        {% for window in feature_windows() -%}
        cast(coalesce(sent_{{ window.name }}, 0) as bigint) as messages_sent_count_{{ window.name }},
        cast(coalesce(opened_{{ window.name }}, 0) as bigint) as messages_opened_count_{{ window.name }},
        {{ rate('opened', 'sent', window) }} as messages_opened_rate_{{ window.name }},
        {{ rate('clicked', 'sent', window) }} as messages_clicked_rate_{{ window.name }},
        {% endfor -%}
        {% for window in main_windows() -%}
        cast(coalesce(bounced_{{ window.name }}, 0) as bigint) as messages_bounced_count_{{ window.name }},
        cast(coalesce(unsubscribed_{{ window.name }}, 0) as bigint)
            as messages_unsubscribed_count_{{ window.name }},
        cast(coalesce(complained_{{ window.name }}, 0) as bigint)
            as messages_complained_count_{{ window.name }},
        {% endfor -%}
        {% for short, long in window_pairs() -%}
        {{ over('opened', short, long) }} as messages_opened_count_{{ short }}_over_{{ long }},
        {% endfor -%}
        {{ days_between('last_sent_at', 'snapshots.snapshot_at') }} as messages_sent_days_since_last,
        {{ days_between('last_opened_at', 'snapshots.snapshot_at') }} as messages_opened_days_since_last,
        {{ days_between('last_clicked_at', 'snapshots.snapshot_at') }} as messages_clicked_days_since_last
    from snapshots

    left join summed
        on snapshots.customer_snapshot_id = summed.customer_snapshot_id

)

select * from features
