{# The attr_* columns that this build's contacts feed brought. #}
{% macro contact_attributes() -%}
    {% set names = [] %}
    {% if execute %}
        {% for column in adapter.get_columns_in_relation(ref('base_feeds__contacts')) if column.name.startswith('attr_') %}
            {% do names.append(column.name) %}
        {% endfor %}
    {% endif %}
    {{ return(names | sort) }}
{%- endmacro %}
