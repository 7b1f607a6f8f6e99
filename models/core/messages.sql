with

messages as (

    select * from {{ ref('stg_feeds__messages') }}

),

reference_customers as (

    select * from {{ ref('reference_customers') }}

),

of_customers as (

    select
        messages.message_event_id,
        reference_customers.customer_id,
        messages.campaign_id,
        messages.channel,
        messages.message_event,
        messages.occurred_at,
        {{ linked_known_at('messages.known_at') }} as known_at

    from messages

    left join reference_customers
        on {{ is_row_of_customer('messages', 'occurred_at') }}

)

select * from of_customers
