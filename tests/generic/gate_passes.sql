{# A gate is green when this run checked it and no critical expectation failed. Its rows are the evidence. #}
{% test gate_passes(model) %}
with

of_this_run as (

    select * from {{ model }}
    where run_id = (select run_id from {{ ref('run_context') }})

),

failures as (

    select
        expectation_id,
        observed_value,
        expected
    from of_this_run
    where severity = 'critical' and not has_passed

),

never_checked as (

    select
        'the gate was not checked in this run' as expectation_id,
        '0 rows' as observed_value,
        'one row per expectation' as expected
    where not exists (select 1 from of_this_run)

)

select * from failures
union all
select * from never_checked
{% endtest %}
