{{ config(alias='label_supply') }}

with

supply as (

    select * from {{ ref('label_supply') }}
    where {{ gate_is_open(ref('gate_scores')) }}

),

run_context as (

    select * from {{ ref('run_context') }}

),

label_supply as (

    select
        supply.target,
        cast(supply.horizon_days as bigint) as horizon_days,
        supply.label_over,
        supply.answers,
        supply.positives,
        supply.negatives,
        supply.customers_positive,
        supply.customers_negative,
        supply.snapshots,
        cast(supply.fewest_of_each_answer as bigint) as fewest_of_each_answer,
        supply.grade,
        supply.reason,
        run_context.run_id,
        run_context.as_of,
        run_context.run_started_at as scored_at

    from supply

    cross join run_context

)

select * from label_supply
order by target
