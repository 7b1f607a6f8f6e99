{{ config(alias='segment_shifts') }}

with

shifts as (

    select * from {{ ref('segment_shifts') }}
    where {{ gate_is_open(ref('gate_scores')) }}

),

run_context as (

    select * from {{ ref('run_context') }}

),

segment_shifts as (

    select
        shifts.snapshot_at,
        shifts.feature_name,
        shifts.value,
        shifts.usual,
        shifts.spread,
        shifts.distance,
        shifts.is_shift,
        run_context.run_id,
        run_context.as_of,
        run_context.run_started_at as scored_at

    from shifts

    cross join run_context

)

select * from segment_shifts
order by snapshot_at, feature_name
