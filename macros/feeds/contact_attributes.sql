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

{# Each with the type of its values, as the model contact_attribute_types found them. #}
{% macro contact_attribute_kinds() -%}
    {% set types = ref('contact_attribute_types') %}
    {% if not execute or load_relation(types) is none %}{{ return([]) }}{% endif %}
    {{ return(run_query('select attribute_name, value_type from ' ~ types ~ ' order by attribute_name').rows) }}
{%- endmacro %}

{# Each as a feature: its name, and how it is read from `contacts` as of `snapshots.snapshot_at`. A date becomes the days
   since then. #}
{% macro typed_contact_attributes() -%}
    {% set typed = [] %}
    {% for name, type in contact_attribute_kinds() %}
        {% set column = 'contacts.' ~ name %}
        {% set midnight = 'cast(' ~ date_value(column) ~ ' as timestamp)' %}
        {% do typed.append({
            'number': {'name': name, 'expression': attribute_number(column)},
            'boolean': {'name': name, 'expression': attribute_boolean(column)},
            'date': {'name': name ~ '_days_since', 'expression': days_between(midnight, 'snapshots.snapshot_at')},
        }.get(type, {'name': name, 'expression': column})) %}
    {% endfor %}
    {{ return(typed) }}
{%- endmacro %}

{# A number, unless it is a code: a postcode such as 01067 is worth no more than one of 1067. #}
{% macro attribute_number(column) -%}
    case when not {{ fits(column, '[+-]?0\\d.*') }} then {{ finite_number(column, 'double') }} end
{%- endmacro %}

{% macro attribute_boolean(column) -%}
    case when lower({{ column }}) in ('true', 'false') then lower({{ column }}) = 'true' end
{%- endmacro %}
