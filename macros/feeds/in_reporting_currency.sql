{# Money as reports tell it. Without a rate nothing is converted and nothing rounded: cents stay what they were. #}
{% macro in_reporting_currency(money, exchange_rate, type='decimal(18, 2)', decimals=2) -%}
    case
        when {{ exchange_rate }} is null then {{ money }}
        else cast(round({{ money }} * {{ exchange_rate }}, {{ decimals }}) as {{ type }})
    end
{%- endmacro %}
