{# A rate of fewer customers is marked, not quoted: of fifty, a half is 14 points uncertain each way. #}
{% macro fewest_to_quote() -%}50{%- endmacro %}
