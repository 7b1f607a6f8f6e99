{# Lists in JSON, beyond what json.sql does for each item. #}

{# Whether a text is a list, be it empty; false for NULL, for other JSON and for what is none. #}
{% macro is_json_list(column) %}{{ return(adapter.dispatch('is_json_list')(column)) }}{% endmacro %}
{% macro default__is_json_list(column) -%}
    coalesce(try(json_type({{ column }})) = 'ARRAY', false)
{%- endmacro %}
{% macro spark__is_json_list(column) -%}
    (json_array_length({{ column }}) is not null)
{%- endmacro %}

{# The item of a list that has just one, as JSON; NULL for none, for several, and for what is no list. #}
{% macro only_json_item(column) %}{{ return(adapter.dispatch('only_json_item')(column)) }}{% endmacro %}
{% macro default__only_json_item(column) -%}
    try(
        case when json_array_length({{ column }}) = 1 then cast(json_extract({{ column }}, '$[0]') as string) end
    )
{%- endmacro %}
{% macro spark__only_json_item(column) -%}
    case when json_array_length({{ column }}) = 1 then get_json_object({{ column }}, '$[0]') end
{%- endmacro %}
