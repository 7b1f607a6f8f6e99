{# Salesforce writes an id with 15 characters, of which capital and small ones differ, or with three more that say
   which are capitals. Always with 18: what joins, joins. What is no such id stays as it is. #}
{% macro salesforce_id(column) -%}
    case
        when {{ fits(column, '[A-Za-z0-9]{15}') }}
            then {{ column }}
                {% for chunk in range(3) -%}
                || {{ capitals_letter(column, 5 * chunk + 1) }}
                {% endfor %}
        else {{ column }}
    end
{%- endmacro %}

{# Five characters are five bits, the first the lowest; their number is a letter or digit. #}
{% macro capitals_letter(column, first) -%}
    substring('ABCDEFGHIJKLMNOPQRSTUVWXYZ012345', 1
        {%- for bit in range(5) %}
        + case when substring({{ column }}, {{ first + bit }}, 1) between 'A' and 'Z' then {{ 2 ** bit }} else 0 end
        {%- endfor %}, 1)
{%- endmacro %}
