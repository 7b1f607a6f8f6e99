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

{# Each with the type of its values: numbers, truth values, or words when one value is neither. What is known as of the
   build decides, for every snapshot alike: a column has one type. #}
{% macro typed_contact_attributes() -%}
    {% set typed = [] %}
    {% set names = contact_attributes() %}
    {% if names %}
        {% set queries = [] %}
        {% for name in names %}
            {% do queries.append(
                "select '" ~ name ~ "', count(" ~ name ~ "), count(try_cast(" ~ name ~ " as double)), "
                ~ "count(*) filter (where lower(" ~ name ~ ") in ('true', 'false')) from " ~ ref('contacts')
            ) %}
        {% endfor %}
        {% for row in run_query(queries | join(' union all ')).rows | sort(attribute='0') %}
            {% set column = 'contacts.' ~ row[0] %}
            {% if row[1] > 0 and row[2] == row[1] %}
                {% set expression = 'try_cast(' ~ column ~ ' as double)' %}
            {% elif row[1] > 0 and row[3] == row[1] %}
                {% set expression = "lower(" ~ column ~ ") = 'true'" %}
            {% else %}
                {% set expression = column %}
            {% endif %}
            {% do typed.append({'name': row[0], 'expression': expression}) %}
        {% endfor %}
    {% endif %}
    {{ return(typed) }}
{%- endmacro %}
