{# A longer window holds the shorter one: counts and largest values never shrink when it grows, smallest never
   grow. Sums grow where nothing negative can be in them: by the unit in their name, or as the customer's own
   minimum says. #}
{% test is_window_monotone(model) %}
{% set names = [] %}
{% if execute %}
    {% for column in adapter.get_columns_in_relation(model) %}{% do names.append(column.name) %}{% endfor %}
{% endif %}
{% set bases = [] %}
{% for name in names %}
    {% set parts = modules.re.match('^(.+_(count|max|min|sum))_([0-9]+d|lifetime)$', name) %}
    {% if parts and parts.groups()[:2] not in bases %}{% do bases.append(parts.groups()[:2]) %}{% endif %}
{% endfor %}
{% set violations = [] %}
{% for base, aggregate in bases %}
    {% set windows = [] %}
    {% for window in feature_windows() if base ~ '_' ~ window.name in names %}
        {% do windows.append(base ~ '_' ~ window.name) %}
    {% endfor %}
    {% for shorter, longer in zip(windows, windows[1:]) %}
        {% do violations.append(window_violation(aggregate, base, shorter, longer, names) | trim) %}
    {% endfor %}
{% endfor %}
{% set violations = violations | select | list %}
select *
from {{ model }}
where {{ violations | join('\n    or ') if violations or not execute else exceptions.raise_compiler_error(
    'no count over windows in ' ~ model ~ ': this test would check nothing'
) }}
{% endtest %}
