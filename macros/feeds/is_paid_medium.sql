{# A visit paid for by the click or by the view, as web analyses tell it; one that names no medium is none. #}
{% macro is_paid_medium(utm_medium) -%}
    coalesce(
        lower({{ utm_medium }}) in ('cpc', 'ppc', 'cpm', 'cpv', 'cpa', 'display', 'banner', 'retargeting')
        or lower({{ utm_medium }}) like 'paid%',
        false
    )
{%- endmacro %}
