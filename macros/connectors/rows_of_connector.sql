{# The rows of one connector model in the shape of a file's rows: see macros/engine/feed_rows.sql. #}
{% macro rows_of_connector(model, connector, names) -%}
    {% set given = column_names_of(model) %}
    {% set is_judged = 'rejected_reason' in given %}
    select
        {% for name in names -%}
        {{ 'nullif(cast(' ~ name ~ ' as string), \'\')' if name in given else 'cast(null as string)' }} as raw_{{ name }},
        {% endfor -%}
        false as has_decimal_comma,
        feed_file,
        feed_row,
        cast(null as string) as misshapen_reason,
        cast(null as string) as misshapen_line,
        {{ connector_rank(connector) }} as source_rank,
        {{ 'rejected_column' if is_judged else 'cast(null as string)' }} as set_aside_column,
        {{ 'rejected_reason' if is_judged else 'cast(null as string)' }} as set_aside_reason
    from {{ model }}
{%- endmacro %}

{% macro column_names_of(model) -%}
    {% set names = [] %}
    {% for column in adapter.get_columns_in_relation(model) %}{% do names.append(column.name) %}{% endfor %}
    {{ return(names) }}
{%- endmacro %}
