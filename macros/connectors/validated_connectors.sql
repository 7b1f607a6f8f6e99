{# The var `connectors`, or a sentence about what is wrong with it. #}
{% macro validated_connectors() -%}
    {% set named = var('connectors') or [] %}
    {% if named is string or named is mapping or named is not iterable %}
        {{ exceptions.raise_compiler_error(
            "var 'connectors' must be a list such as [shopify, ga4]; got: " ~ named
        ) }}
    {% endif %}
    {% for connector in named if connector not in connector_feeds() %}
        {{ exceptions.raise_compiler_error(
            "var 'connectors' names '" ~ connector ~ "', which is none. There are: "
            ~ connector_feeds().keys() | join(', ') ~ " (macros/connectors/connector_feeds.sql)."
        ) }}
    {% endfor %}
    {% do validated_connector_fields(named) %}
    {{ return(named) }}
{%- endmacro %}
