{% set targets = prediction_target_vars() %}
with

declared as (

    {% for declared in targets -%}
    select
        '{{ declared.name }}' as target,
        {{ declared.horizon_days }} as horizon_days,
        '{{ sql_literal_text(declared.description) }}' as description,
        '{{ sql_literal_text(declared.eligible_when) }}' as eligible_when,
        '{{ sql_literal_text(declared.label) }}' as label
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from declared
order by target
