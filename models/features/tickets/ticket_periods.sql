with

tickets as (

    select * from {{ ref('tickets') }}
    where
        customer_id is not null
        and {{ is_known_to_a_snapshot('known_at') }}

),

period_days as (

    select * from {{ ref('period_days') }}

),

ticket_periods as (

    select
        tickets.customer_id,
        {{ period_number('own_days') }} as period,
        {{ period_number('known_days') }} as known_period,
        -- how a ticket ended is known later than the ticket
        {{ later_period_number('tickets.outcome_known_at', 'outcome_days') }} as outcome_known_period,
        count(*) as tickets,
        count(tickets.priority) as ranked_tickets,
        count(*) filter (where tickets.priority in ('urgent', 'high')) as urgent_tickets,
        count(*) filter (where tickets.is_resolved) as resolved_tickets,
        sum(tickets.handling_minutes) as handling_minutes,
        count(tickets.handling_minutes) as handled_tickets,
        sum(tickets.satisfaction_score) as satisfaction,
        count(tickets.satisfaction_score) as rated_tickets,
        min(tickets.satisfaction_score) as smallest_satisfaction,
        sum({{ days_between('tickets.created_at', 'tickets.resolved_at') }} * 24) as resolution_hours,
        max(tickets.created_at) as last_at

    from tickets

    left join period_days as own_days
        on {{ is_in_period('tickets.created_at', 'own_days') }}

    left join period_days as known_days
        on {{ is_in_period('tickets.known_at', 'known_days') }}

    left join period_days as outcome_days
        on {{ is_in_period('tickets.outcome_known_at', 'outcome_days') }}

    group by all

)

select * from ticket_periods
