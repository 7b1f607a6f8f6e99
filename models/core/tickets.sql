with

tickets as (

    select * from {{ ref('stg_feeds__tickets') }}

),

reference_customers as (

    select * from {{ ref('reference_customers') }}

),

of_customers as (

    select
        tickets.ticket_id,
        reference_customers.customer_id,
        tickets.channel,
        tickets.priority,
        tickets.status,
        tickets.subject_length,
        tickets.body_length,
        tickets.body_length > 0 as has_body,
        tickets.resolved_at is not null as is_resolved,
        tickets.satisfaction_score,
        tickets.handling_minutes,
        tickets.created_at,
        tickets.resolved_at,
        {{ linked_known_at('tickets.known_at') }} as known_at,
        {{ linked_known_at('tickets.outcome_known_at') }} as outcome_known_at

    from tickets

    left join reference_customers
        on {{ is_row_of_customer('tickets', 'created_at') }}

)

select * from of_customers
