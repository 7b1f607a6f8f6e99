{# Many values out of one JSON text: it is read once, not once per value. #}

{# The values at some paths, as a list of texts; no list for what is no JSON. #}
{% macro json_texts(column, paths) %}{{ return(adapter.dispatch('json_texts')(column, paths)) }}{% endmacro %}
{% macro default__json_texts(column, paths) -%}
    {%- set spelled = [] -%}
    {%- for path in paths %}{% do spelled.append("'" ~ json_path(path) ~ "'") %}{% endfor -%}
    try(json_extract_string({{ column }}, [{{ spelled | join(', ') }}]))
{%- endmacro %}
{% macro spark__json_texts(column, paths) -%}
    array(
        {% for path in paths -%}
        get_json_object({{ column }}, '$.{{ path }}'){{ ',' if not loop.last }}
        {% endfor -%}
    )
{%- endmacro %}

{# The value at a place of such a list, from 0; blank is NULL. #}
{% macro text_at(texts, place) %}{{ return(adapter.dispatch('text_at')(texts, place)) }}{% endmacro %}
{% macro default__text_at(texts, place) -%} nullif(trim(list_extract({{ texts }}, {{ place + 1 }})), '') {%- endmacro %}
{% macro spark__text_at(texts, place) -%} nullif(trim(get({{ texts }}, {{ place }})), '') {%- endmacro %}
