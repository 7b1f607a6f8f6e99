with

messages as (

    select * from {{ ref('messages') }}
    where
        customer_id is not null
        and {{ is_known_before('known_at', '(select max(snapshot_at) from ' ~ ref('snapshots_due') ~ ')') }}

),

period_days as (

    select * from {{ ref('period_days') }}

),

message_periods as (

    select
        messages.customer_id,
        messages.channel,
        {{ period_number('occurred_days') }} as period,
        {{ period_number('known_days') }} as known_period,
        count(*) filter (where messages.message_event = 'sent') as sent,
        count(*) filter (where messages.message_event = 'opened') as opened,
        count(*) filter (where messages.message_event = 'clicked') as clicked,
        count(*) filter (where messages.message_event = 'bounced') as bounced,
        count(*) filter (where messages.message_event = 'unsubscribed') as unsubscribed,
        count(*) filter (where messages.message_event = 'complained') as complained,
        max(messages.occurred_at) filter (where messages.message_event = 'sent') as last_sent_at,
        max(messages.occurred_at) filter (where messages.message_event = 'opened') as last_opened_at,
        max(messages.occurred_at) filter (where messages.message_event = 'clicked') as last_clicked_at

    from messages

    left join period_days as occurred_days
        on {{ is_in_period('messages.occurred_at', 'occurred_days') }}

    left join period_days as known_days
        on {{ is_in_period('messages.known_at', 'known_days') }}

    group by messages.customer_id, messages.channel, occurred_days.period, known_days.period

)

select * from message_periods
