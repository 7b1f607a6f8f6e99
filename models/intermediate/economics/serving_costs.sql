{% set minute_cost = ticket_minute_cost() %}
with

costs as (

    select * from {{ ref('costs') }}

),

tickets as (

    select * from {{ ref('tickets') }}

),

serving_costs as (

    select
        customer_id,
        kind,
        amount,
        incurred_at,
        known_at
    from costs
    {% if minute_cost is not none %}
    union all

    select
        customer_id,
        'ticket_handling' as kind,
        cast(
            round(cast(handling_minutes as decimal(18, 4)) * {{ minute_cost }}, 2) as decimal(18, 2)
        ) as amount,
        created_at as incurred_at,
        outcome_known_at as known_at
    from tickets
    where handling_minutes is not null
    {% endif %}
)

select * from serving_costs
