{{ config(alias='profile_scores') }}

with

measured as (

    select * from {{ ref('profile_scores') }}
    where {{ gate_is_open(ref('gate_scores')) }}

),

run_context as (

    select * from {{ ref('run_context') }}

),

profile_scores as (

    select
        measured.target,
        measured.profile,
        measured.features,
        measured.roc_auc,
        measured.low,
        measured.high,
        measured.baseline_roc_auc,
        measured.added_by_full,
        measured.added_by_full_low,
        measured.added_by_full_high,
        measured.origins,
        measured.rows as evaluated_rows,
        run_context.run_id,
        run_context.as_of,
        run_context.run_started_at as scored_at

    from measured

    cross join run_context

)

select * from profile_scores
order by target, profile
