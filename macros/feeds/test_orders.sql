{# The columns of an order by which seeds/test_orders.csv may tell that it is a test. #}
{% macro test_order_columns() -%}
    {{ return(strong_reference_columns() + ['order_id', 'channel', 'store_id']) }}
{%- endmacro %}

{# Whether an order fits a pattern of seeds/test_orders.csv: a condition for joining the two. #}
{% macro fits_test_pattern(orders, patterns) -%}
    case {{ patterns }}.column_name
        {% for name in test_order_columns() -%}
        when '{{ name }}' then {{ orders }}.{{ name }}
        {% endfor -%}
    end ilike {{ patterns }}.pattern
{%- endmacro %}
