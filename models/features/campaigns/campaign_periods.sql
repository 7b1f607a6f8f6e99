with

assignments as (

    select * from {{ ref('campaign_assignments') }}
    where
        customer_id is not null
        and {{ is_known_to_a_snapshot('known_at') }}

),

period_days as (

    select * from {{ ref('period_days') }}

),

campaign_periods as (

    select
        assignments.customer_id,
        {{ period_number('own_days') }} as period,
        {{ period_number('known_days') }} as known_period,
        count(*) filter (where not assignments.is_control) as treated,
        count(*) filter (where assignments.is_control) as control,
        max(assignments.assigned_at) filter (where not assignments.is_control) as last_treated_at

    from assignments

    left join period_days as own_days
        on {{ is_in_period('assignments.assigned_at', 'own_days') }}

    left join period_days as known_days
        on {{ is_in_period('assignments.known_at', 'known_days') }}

    group by assignments.customer_id, own_days.period, known_days.period

)

select * from campaign_periods
