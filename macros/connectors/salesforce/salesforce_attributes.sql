{# Every attr_* that is listed for contacts, leads or accounts. #}
{% macro salesforce_attributes() -%}
    {% set names = [] %}
    {% for table in ['contact', 'lead', 'account'] %}
        {% for column in connector_fields('salesforce', table) if column.startswith('attr_') and column not in names %}
            {% do names.append(column) %}
        {% endfor %}
    {% endfor %}
    {{ return(names) }}
{%- endmacro %}
