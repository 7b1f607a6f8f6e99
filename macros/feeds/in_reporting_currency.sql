{# Money as reports tell it. Without a rate nothing is converted and nothing rounded: cents stay what they were. #}
{% macro in_reporting_currency(money, exchange_rate, type='decimal(18, 2)', decimals=2) -%}
    case
        when {{ exchange_rate }} is null then {{ money }}
        else cast(round({{ money }} * {{ exchange_rate }}, {{ decimals }}) as {{ type }})
    end
{%- endmacro %}

{# Three letters. Anything else in the column is no currency: a sign, a word, an address in the wrong place. #}
{% macro is_currency_code(currency) -%}
    (length({{ currency }}) = 3 and translate(upper({{ currency }}), 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', '') = '')
{%- endmacro %}
