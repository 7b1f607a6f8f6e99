{{ config(alias='identity_report') }}

with

report as (

    select * from {{ ref('identity_report') }}
    where {{ gate_is_open(ref('gate_scores')) }}

),

run_context as (

    select * from {{ ref('run_context') }}

),

published as (

    select
        report.section,
        report.measure,
        report.value,
        report.detail,
        run_context.run_id,
        run_context.as_of,
        run_context.run_started_at as scored_at

    from report

    cross join run_context

)

select * from published
order by section, measure, detail nulls first
