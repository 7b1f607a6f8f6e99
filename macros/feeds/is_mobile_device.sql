{# A phone or an app, by the kind of device or by the browser's own name; NULL when no device is named. #}
{% macro is_mobile_device(device) -%}
    (
        lower({{ device }}) like '%mobile%'
        or lower({{ device }}) like '%phone%'
        or lower({{ device }}) like '%android%'
        or lower({{ device }}) in ('app', 'ios')
    )
{%- endmacro %}
