{# A count or distinct count never shrinks when its window grows: 30d ≤ 90d ≤ lifetime.
   Sums may, where a shop books negative amounts, so only counts are held to it. #}
{% test is_window_monotone(model) %}
{% set columns = [] %}
{% if execute %}
    {% for column in adapter.get_columns_in_relation(model) %}{% do columns.append(column.name) %}{% endfor %}
{% endif %}
{% set violations = [] %}
{% set shorter = {} %}
{% for window in feature_windows() %}
    {% for name in columns if modules.re.match('^.*_count_' ~ window.name ~ '$', name) %}
        {% set base = name[: -(window.name | length)] %}
        {% if base in shorter %}{% do violations.append(shorter[base] ~ ' > ' ~ name) %}{% endif %}
        {% do shorter.update({base: name}) %}
    {% endfor %}
{% endfor %}
select *
from {{ model }}
where {{ violations | join(' or ') if violations or not execute else exceptions.raise_compiler_error(
    'no count over windows in ' ~ model ~ ': this test would check nothing'
) }}
{% endtest %}
