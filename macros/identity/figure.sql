{# One figure of identity_report: the columns of a row. #}
{% macro figure(section, measure, value, detail='null') -%}
    '{{ section }}' as section,
    '{{ measure }}' as measure,
    cast({{ value }} as double) as value,
    cast({{ detail }} as string) as detail
{%- endmacro %}
