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
        {% for window in main_windows() -%}
        {% set in_window = 'filter (where window_days <= ' ~ window.days -%}
        sum(sent_messages) {{ in_window }} and channel = 'email') as sent_emails_{{ window.name }},
        sum(opened_messages) {{ in_window }} and channel = 'email') as opened_emails_{{ window.name }},
        sum(clicked_messages) {{ in_window }} and channel = 'email') as clicked_emails_{{ window.name }},
        sum(sent_messages) {{ in_window }} and channel = 'sms') as sent_sms_{{ window.name }},
        sum(clicked_messages) {{ in_window }} and channel = 'sms') as clicked_sms_{{ window.name }},
        sum(sent_messages) {{ in_window }} and channel = 'push') as sent_push_{{ window.name }},
        sum(opened_messages) {{ in_window }} and channel = 'push') as opened_push_{{ window.name }}
        {{- ',' if not loop.last }}
        {% endfor %}
    from periods_before_snapshot
    group by customer_snapshot_id

),

features as (

    select
        snapshots.customer_snapshot_id,
        {% for window in main_windows() -%}
        cast(coalesce(sent_emails_{{ window.name }}, 0) as bigint)
            as email_messages_sent_count_{{ window.name }},
        {{ rate('opened_emails', 'sent_emails', window) }} as email_messages_opened_rate_{{ window.name }},
        {{ rate('clicked_emails', 'sent_emails', window) }} as email_messages_clicked_rate_{{ window.name }},
        cast(coalesce(sent_sms_{{ window.name }}, 0) as bigint) as sms_messages_sent_count_{{ window.name }},
        {{ rate('clicked_sms', 'sent_sms', window) }} as sms_messages_clicked_rate_{{ window.name }},
        cast(coalesce(sent_push_{{ window.name }}, 0) as bigint)
            as push_messages_sent_count_{{ window.name }},
        {{ rate('opened_push', 'sent_push', window) }} as push_messages_opened_rate_{{ window.name }}
        {{- ',' if not loop.last }}
        {% endfor %}
    from snapshots

    left join summed
        on snapshots.customer_snapshot_id = summed.customer_snapshot_id

)

select * from features
