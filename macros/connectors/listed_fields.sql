{# What the var connector_fields lists, as SQL. #}

{# The column that holds a field: the first part of its path, spelled as the columns of files are. #}
{% macro listed_column(path) -%}
    {{ return(modules.re.sub('[\\s\\-_\u00a0]+', '_', (path | string | replace('"', '')).split('.')[0].strip()) | lower) }}
{%- endmacro %}

{# The value of a field: its column, or what lies in it when it is JSON and the path goes on. #}
{% macro field_value(path, relation) -%}
    {%- set column = (relation ~ '.' if relation else '') ~ '"' ~ listed_column(path) ~ '"' -%}
    {%- set parts = (path | string).split('.') -%}
    {{ json_text(column, parts[1:] | join('.')) if parts | length > 1 else column }}
{%- endmacro %}

{# What is listed for a canonical column, else what the connector itself takes. #}
{% macro listed_field(connector, table, column, otherwise='cast(null as string)', relation='') -%}
    {%- set path = connector_fields(connector, table).get(column) -%}
    {{ field_value(path, relation) if path else otherwise }}
{%- endmacro %}

{# Lines of a select: every attr_* that is listed for a table. #}
{% macro listed_attributes(connector, table, relation='') -%}
    {%- for column, path in connector_fields(connector, table).items() if column.startswith('attr_') -%}
    {{ field_value(path, relation) }} as {{ column }},
    {% endfor -%}
{%- endmacro %}
