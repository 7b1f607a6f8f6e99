with

costs as (

    select * from {{ ref('costs') }}
    where
        customer_id is not null
        and {{ is_known_to_a_snapshot('known_at') }}

),

period_days as (

    select * from {{ ref('period_days') }}

),

cost_periods as (

    select
        costs.customer_id,
        {{ period_number('own_days') }} as period,
        {{ period_number('known_days') }} as known_period,
        sum(costs.amount) as amount

    from costs

    left join period_days as own_days
        on {{ is_in_period('costs.incurred_at', 'own_days') }}

    left join period_days as known_days
        on {{ is_in_period('costs.known_at', 'known_days') }}

    group by costs.customer_id, own_days.period, known_days.period

)

select * from cost_periods
