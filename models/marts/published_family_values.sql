{{ config(alias='family_values') }}

with

measured as (

    select * from {{ ref('family_values') }}
    where {{ gate_is_open(ref('gate_scores')) }}

),

run_context as (

    select * from {{ ref('run_context') }}

),

family_values as (

    select
        measured.target,
        measured.family,
        measured.features,
        measured.value,
        measured.value_low,
        measured.value_high,
        measured.auc_loss,
        measured.auc_loss_low,
        measured.auc_loss_high,
        run_context.run_id,
        run_context.as_of,
        run_context.run_started_at as scored_at

    from measured

    cross join run_context

)

select * from family_values
order by target, family
