{{ config(alias='segment_calibrations') }}

with

measured as (

    select * from {{ ref('segment_calibrations') }}
    where {{ gate_is_open(ref('gate_scores')) }}

),

run_context as (

    select * from {{ ref('run_context') }}

),

segment_calibrations as (

    select
        measured.target,
        measured.segment_id,
        measured.segment_name,
        measured.customers,
        measured.evaluated_rows,
        measured.is_small,
        measured.promised_rate,
        measured.realised_rate,
        measured.gap,
        measured.gap_low,
        measured.gap_high,
        measured.brier_score,
        measured.baseline_brier_score,
        measured.model_id,
        run_context.run_id,
        run_context.as_of,
        run_context.run_started_at as scored_at

    from measured

    cross join run_context

)

select * from segment_calibrations
order by target, segment_id
