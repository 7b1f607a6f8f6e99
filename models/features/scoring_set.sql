{% set targets = prediction_target_vars() %}
with

features as (

    select * from {{ ref('customer_features') }}
    where {{ gate_is_open(ref('gate_customer_features')) }}

),

run_context as (

    select * from {{ ref('run_context') }}

),

newest as (

    select
        features.*
        {% for declared in targets -%}
        , ({{ declared.eligible_when }}) as is_eligible_{{ declared.name }}
        {% endfor %}
    from features

    inner join run_context
        on features.snapshot_at = run_context.as_of

)

select * from newest
