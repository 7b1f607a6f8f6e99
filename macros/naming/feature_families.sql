{# The families of the mart, in the order of its columns. Whoever adds files to models/features/own/ changes nothing
   here: features_own holds them all. #}
{% macro feature_families() -%}
    {{ return([
        'features_orders', 'features_order_rhythm', 'features_order_comparisons', 'features_order_lines',
        'features_products', 'features_categories', 'features_own',
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

{# The features of the mart, each with the family that makes it. No two families may give one name to two things. #}
{% macro mart_features() -%}
    {% set features = [] %}
    {% for family in feature_families() %}
        {% for name in feature_names(family) %}
            {% for other in features if other.name == name %}
                {{ exceptions.raise_compiler_error(
                    "feature '" ~ name ~ "' is made by " ~ other.family ~ " and by " ~ family ~ ": rename one of them"
                ) }}
            {% endfor %}
            {% do features.append({'family': family, 'name': name}) %}
        {% endfor %}
    {% endfor %}
    {{ return(features) }}
{%- endmacro %}
