with

facts as (

    select
        customer_id,
        assigned_at as occurred_at,
        known_at,
        not is_control as is_treated,
        is_control,
        false as is_response
    from {{ ref('campaign_assignments') }}

    union all

    select
        customer_id,
        occurred_at,
        known_at,
        false as is_treated,
        false as is_control,
        true as is_response
    from {{ ref('campaign_outcomes') }}

),

facts_known_at_last as (

    select * from facts
    where
        customer_id is not null
        and {{ is_known_before('known_at', '(select max(snapshot_at) from ' ~ ref('snapshots_due') ~ ')') }}

),

period_days as (

    select * from {{ ref('period_days') }}

),

campaign_periods as (

    select
        facts.customer_id,
        {{ period_number('own_days') }} as period,
        {{ period_number('known_days') }} as known_period,
        count(*) filter (where facts.is_treated) as treated,
        count(*) filter (where facts.is_control) as control,
        count(*) filter (where facts.is_response) as responses,
        max(facts.occurred_at) filter (where facts.is_treated) as last_treated_at

    from facts_known_at_last as facts

    left join period_days as own_days
        on {{ is_in_period('facts.occurred_at', 'own_days') }}

    left join period_days as known_days
        on {{ is_in_period('facts.known_at', 'known_days') }}

    group by facts.customer_id, own_days.period, known_days.period

)

select * from campaign_periods
