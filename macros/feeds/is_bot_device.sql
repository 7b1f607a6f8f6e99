{# A browser that says it is no person. Cubot makes phones. #}
{% macro is_bot_device(device) -%}
    coalesce(
        lower({{ device }}) like '%crawler%'
        or lower({{ device }}) like '%spider%'
        or replace(lower({{ device }}), 'cubot', '') like '%bot%',
        false
    )
{%- endmacro %}
