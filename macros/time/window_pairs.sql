{# Windows worth comparing: each with the next but one, such as 30d with 180d. #}
{% macro window_pairs() -%}
    {% set days = window_days() %}
    {% set pairs = [] %}
    {% for short, long in zip(days, days[2:]) %}
        {% do pairs.append((short ~ 'd', long ~ 'd')) %}
    {% endfor %}
    {{ return(pairs) }}
{%- endmacro %}
