{# A query: each record with an instant at which something of it was known, and no change of a field. #}
{% macro known_moment(instant, fields) -%}
    select
        record_id,
        {{ instant }} as version_at,
        {% for field in fields -%}
        cast(null as string) as "{{ field.name }}_before",
        {% endfor -%}
        false as is_beginning
{%- endmacro %}
