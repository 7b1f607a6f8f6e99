-- depends_on: {{ ref('gate_identity') }}
-- depends_on: {{ ref('gate_core') }}
-- depends_on: {{ ref('gate_customer_features') }}
-- depends_on: {{ ref('gate_model_evaluations') }}
-- depends_on: {{ ref('gate_scores') }}
-- depends_on: {{ ref('gate_segments') }}
-- depends_on: {{ ref('gate_promises') }}
{{ config(materialized='view') }}

with

evidence as (

    {% for gate in [
        'gate_identity', 'gate_core', 'gate_customer_features', 'gate_model_evaluations', 'gate_scores',
        'gate_segments', 'gate_promises',
    ] -%}
    select * from {{ ref(gate) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from evidence
