with

messages as (

    select * from {{ ref('messages') }}
    where
        customer_id is not null
        and {{ is_known_to_a_snapshot('known_at') }}

),

period_days as (

    select * from {{ ref('period_days') }}

),

message_periods as (

    -- one row per channel: all channels together are the sum of them
    select
        messages.customer_id,
        {{ period_number('occurred_days') }} as period,
        {{ period_number('known_days') }} as known_period,
        messages.channel,
        count(*) filter (where messages.message_event = 'sent') as sent_messages,
        count(*) filter (where messages.message_event = 'opened') as opened_messages,
        count(*) filter (where messages.message_event = 'clicked') as clicked_messages,
        count(*) filter (where messages.message_event = 'bounced') as bounced_messages,
        count(*) filter (where messages.message_event = 'unsubscribed') as unsubscribed_messages,
        count(*) filter (where messages.message_event = 'complained') as complained_messages,
        max(messages.occurred_at) filter (where messages.message_event = 'sent') as last_sent_at,
        max(messages.occurred_at) filter (where messages.message_event = 'opened') as last_opened_at,
        max(messages.occurred_at) filter (where messages.message_event = 'clicked') as last_clicked_at

    from messages

    left join period_days as occurred_days
        on {{ is_in_period('messages.occurred_at', 'occurred_days') }}

    left join period_days as known_days
        on {{ is_in_period('messages.known_at', 'known_days') }}

    group by messages.customer_id, occurred_days.period, known_days.period, messages.channel

)

select * from message_periods
