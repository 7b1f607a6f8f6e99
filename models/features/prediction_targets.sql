-- depends_on: {{ ref('target_category') }}
-- depends_on: {{ ref('customer_features') }}
{% set targets = prediction_target_vars() -%}
{% for name in outcome_tables() -%}
-- depends_on: {{ ref(name) }}
{% endfor -%}
{% do refuse_unknown_columns(targets) -%}
with

declared as (

    {% for declared in targets -%}
    select
        '{{ declared.name }}' as target,
        {{ declared.horizon_days }} as horizon_days,
        '{{ sql_literal_text(declared.description) }}' as description,
        '{{ sql_literal_text(declared.eligible_when) }}' as eligible_when,
        '{{ declared.over }}' as label_over,
        nullif(
            '{{ sql_literal_text(declared.where or '') }}', ''
        ) as label_where,
        '{{ sql_literal_text(declared.label) }}' as label,
        {{ declared.fewest_of_each_answer }} as fewest_of_each_answer,
        nullif('{{ declared.rule or '' }}', '') as rule,
        '{{ declared.rises_with | join(' ') }}' as rises_with,
        '{{ declared.falls_with | join(' ') }}' as falls_with,
        '{{ declared.compared_with | join(' ') }}' as compared_with
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from declared
order by target
