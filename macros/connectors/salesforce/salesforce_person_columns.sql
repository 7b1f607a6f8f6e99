{# The canonical columns of a person, in their order. #}
{% macro salesforce_person_columns() -%}
    {{ return(['email', 'phone', 'first_name', 'last_name', 'street', 'postcode', 'city', 'country', 'birth_date',
        'gender', 'lifecycle_stage', 'email_consent', 'sms_consent'] + salesforce_attributes()) }}
{%- endmacro %}
