{{ config(alias='feature_values') }}

with

measured as (

    select * from {{ ref('feature_values') }}
    where {{ gate_is_open(ref('gate_scores')) }}

),

run_context as (

    select * from {{ ref('run_context') }}

),

feature_values as (

    select
        measured.target,
        measured.feature_name,
        measured.family,
        measured.value,
        measured.value_low,
        measured.value_high,
        measured.stability,
        measured.auc_alone,
        measured.redundancy_group,
        measured.is_group_head,
        run_context.run_id,
        run_context.as_of,
        run_context.run_started_at as scored_at

    from measured

    cross join run_context

)

select * from feature_values
order by target, feature_name
