{# The families of the mart, in the order of its columns. #}
{% macro feature_families() -%}
    {{ return([
        'features_orders', 'features_order_rhythm', 'features_order_comparisons', 'features_order_lines',
        'features_products', 'features_categories',
    ]) }}
{%- endmacro %}

{# The feature columns of a family, as they were built. #}
{% macro feature_names(family) -%}
    {% set names = [] %}
    {% if execute %}
        {% for column in adapter.get_columns_in_relation(ref(family)) if column.name != 'customer_snapshot_id' %}
            {% do names.append(column.name) %}
        {% endfor %}
    {% endif %}
    {{ return(names) }}
{%- endmacro %}
