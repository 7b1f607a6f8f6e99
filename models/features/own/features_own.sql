{{ config(materialized="table") }}

{% for fact in fact_tables() -%}
-- depends_on: {{ ref(fact.name) }}
{% endfor -%}
{% for name in undated_tables() -%}
-- depends_on: {{ ref(name) }}
{% endfor -%}
-- depends_on: {{ ref('snapshot_periods') }}
-- depends_on: {{ ref('period_days') }}

{% set own = own_feature_models() %}
with

snapshots as (

    select * from {{ ref('snapshots_due') }}

),
{% for node in own %}
{{ node.name }} as (

    select * from (
{{ own_feature_query(node) }}
    ) as written_by_hand

),
{% endfor %}
features as (

    select
        {% for node in own -%}
        {% for name in own_feature_names(node, own_feature_query(node)) -%}
        {{ node.name }}.{{ name }},
        {% endfor -%}
        {% endfor -%}
        snapshots.customer_snapshot_id

    from snapshots
    {% for node in own %}
    left join {{ node.name }}
        on snapshots.customer_snapshot_id = {{ node.name }}.customer_snapshot_id
    {% endfor %}
)

select * from features
