{{ config(alias='customer_features') }}

-- depends_on: {{ ref('customer_features') }}

with

features as (

    select * from {{ ref('customer_features') }}
    where {{ gate_is_open(ref('gate_scores')) }}

),

run_context as (

    select * from {{ ref('run_context') }}

),

newest as (

    select
        features.customer_id,
        features.snapshot_at,
        {% for name in feature_names('customer_features') if name not in ['customer_id', 'snapshot_at'] -%}
        features.{{ name }},
        {% endfor -%}
        run_context.run_id,
        run_context.as_of,
        run_context.run_started_at as scored_at

    from features

    inner join run_context
        on features.snapshot_at = run_context.as_of

)

select * from newest
order by customer_id
