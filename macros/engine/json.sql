{# JSON as text: vendors nest what belongs together. What is no JSON gives NULL, and no list. #}

{# The value at a path such as 'customer.email', as text; a list or an object as JSON. Keys may hold any letter but
   a dot and a quote. #}
{% macro json_text(column, path) %}{{ return(adapter.dispatch('json_text')(column, path)) }}{% endmacro %}
{% macro default__json_text(column, path) -%}
    nullif(nullif(trim(try(json_extract_string({{ column }}, '{{ json_path(path) }}'))), ''), 'null')
{%- endmacro %}
{% macro spark__json_text(column, path) -%}
    nullif(nullif(trim(get_json_object({{ column }}, '$.{{ path | replace("'", '') }}')), ''), 'null')
{%- endmacro %}

{# The items of a list, each as JSON, for unnest. One object is a list of one, and a list that was written down as a text
   is the list. #}
{% macro json_items(column) %}{{ return(adapter.dispatch('json_items')(column)) }}{% endmacro %}
{% macro default__json_items(column) -%}
    coalesce(
        try(cast(cast({{ column }} as json) as json[])),
        try(case json_type({{ column }})
            when 'OBJECT' then [cast({{ column }} as json)]
            when 'VARCHAR' then cast(cast(json_extract_string({{ column }}, '$') as json) as json[])
        end),
        []
    )
{%- endmacro %}
{% macro spark__json_items(column) -%}
    coalesce(transform(from_json({{ column }}, 'array<variant>'), each -> to_json(each)), array())
{%- endmacro %}

{# 1, 2, … for each item of a list, to be unnested beside them. #}
{% macro json_positions(column) %}{{ return(adapter.dispatch('json_positions')(column)) }}{% endmacro %}
{% macro default__json_positions(column) -%}
    range(1, len({{ json_items(column) }}) + 1)
{%- endmacro %}
{% macro spark__json_positions(column) -%}
    transform({{ json_items(column) }}, (each, place) -> place + 1)
{%- endmacro %}

{# Google's way of keeping what has no column: a list of {key, value: {string_value, int_value, …}}. The value of a
   key as text. #}
{% macro keyed_json_text(column, key) %}{{ return(adapter.dispatch('keyed_json_text')(column, key)) }}{% endmacro %}
{% macro default__keyed_json_text(column, key) -%}
    {%- set value = "list_extract(try(json_extract(" ~ column ~ ", '$[*].value')), list_position(try(json_extract_string("
        ~ column ~ ", '$[*].key')), '" ~ sql_literal_text(key) ~ "'))" -%}
    {{ first_keyed_value(value) }}
{%- endmacro %}
{% macro spark__keyed_json_text(column, key) -%}
    {%- set value = "to_json(element_at(map_from_entries(from_json(" ~ column
        ~ ", 'array<struct<key:string,value:map<string,string>>>')), '" ~ sql_literal_text(key) ~ "'))" -%}
    {{ first_keyed_value(value) }}
{%- endmacro %}

{% macro first_keyed_value(value) -%}
    coalesce(
        {% for type in ['string', 'int', 'double', 'float'] -%}
        {{ json_text(value, type ~ '_value') }}{{ ',' if not loop.last }}
        {% endfor -%}
    )
{%- endmacro %}

{# A path in DuckDB's spelling, each key in quotes: keys such as $email or `Size (EU)` need them. #}
{% macro json_path(path) -%}
    {%- set keys = (path | string | replace('"', '') | replace("'", '')).split('.') -%}
    $."{{ keys | join('"."') }}"
{%- endmacro %}

{# Where a connector itself must compare: a time or a number, NULL when the text is none. #}
{% macro try_timestamp(text) -%}{{ timestamp_value(text, 'UTC') }}{%- endmacro %}
{% macro try_number(text) -%}{{ finite_number(text, 'decimal(28, 9)') }}{%- endmacro %}
