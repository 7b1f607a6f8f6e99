{# What a contact has of its account: the address, when it has none itself, and the attributes that are listed. #}

{# Lines of a select from accounts: the listed attributes, and whether an account says any of them. #}
{% macro salesforce_account_attributes() -%}
    {%- set given = [] -%}
    {%- for column, path in connector_fields('salesforce', 'account').items() if column.startswith('attr_') -%}
    {%- do given.append(field_value(path, '')) -%}
    {{ field_value(path, '') }} as {{ column }},
    {% endfor -%}
    {{ 'coalesce(' ~ given | join(', ') ~ ') is not null' if given else 'false' }} as has_attributes,
{%- endmacro %}

{# Lines of a select from persons and accounts: the columns of a person, completed. #}
{% macro salesforce_completed_person() -%}
    {%- for name in salesforce_person_columns() -%}
    {%- if name in ['street', 'postcode', 'city', 'country'] -%}
    case
        when coalesce(persons.street, persons.postcode, persons.city) is null
            then coalesce(persons.{{ name }}, accounts.{{ name }})
        else persons.{{ name }}
    end as {{ name }},
    {%- elif name in connector_fields('salesforce', 'account') %}
    coalesce(persons.{{ name }}, accounts.{{ name }}) as {{ name }},
    {%- else %}
    persons.{{ name }},
    {%- endif %}
    {% endfor -%}
{%- endmacro %}
