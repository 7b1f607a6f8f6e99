{# Lists that a vendor nests in a row. Text that is no list would give no rows, and no word of it. #}

{# Whether there is something in place of the list. #}
{% macro is_no_json_list(column) -%}
    ({{ column }} is not null and not {{ is_json_list(column) }})
{%- endmacro %}

{# The list; one empty item in place of what is none, for a row that is set aside. #}
{% macro told_json_list(column) -%}
    case when {{ is_no_json_list(column) }} then '[{}]' else {{ column }} end
{%- endmacro %}
