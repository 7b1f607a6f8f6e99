{# Whether a connector is switched on; what is switched off has no models. #}
{% macro is_connected(connector) -%}
    {{ return(connector in (var('connectors') or [])) }}
{%- endmacro %}
