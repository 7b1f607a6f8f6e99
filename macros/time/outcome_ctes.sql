{# CTEs that answer the groups for the rows of a CTE `features` (customer_snapshot_id, customer_id, snapshot_at and the
   features that labels name): `<group>`, a row per snapshot of a customer whose horizon has closed. Each ends in a comma. #}
{% macro outcome_ctes(groups) -%}
{% for table in outcome_tables_of(groups) %}
{{ table.name }}_known as (

    select
        *,
        {{ table.happened_at }} as happened_at
        {%- for name, expression in outcome_columns_added(table.name).items() %},
        {{ expression }} as {{ name }}
        {%- endfor %}
    from {{ ref(table.name) }}
    where
        ({{ table.counts_when }})
        and {{ is_known_before('known_at', '(select as_of from run_context)') }}

),

{{ table.name }}_observed as (

    select {{ outcome_observed_until(table) }} as observed_until

),
{% endfor %}
{%- for group in groups %}
{{ group.name }} as (

    select
        features.customer_snapshot_id
        {%- for answer in group.answers %},
        {{ answer.expression }} as {{ answer.column }}
        {%- endfor %}

    from features

    left join {{ group.over }}_known as {{ group.over }}
        on
            features.customer_id = {{ group.over }}.customer_id
            and {{ is_in_horizon(group.over ~ '.happened_at', 'features.snapshot_at', group.days) }}
            and ({{ group.where or 'true' }})

    where {{ is_horizon_closed(
        'features.snapshot_at', group.days, '(select observed_until from ' ~ group.over ~ '_observed)'
    ) }}
    group by features.customer_snapshot_id
        {%- for name in features_in_labels(group.answers) %}, features.{{ name }}{% endfor %}

),
{% endfor %}
{%- endmacro %}
