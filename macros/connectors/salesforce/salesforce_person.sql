{# A version of a contact or lead in the columns of the feed contacts. #}

{# What is listed for a canonical column, else what is given. #}
{% macro salesforce_listed(table, column, otherwise='cast(null as string)') -%}
    {{ 'listed_' ~ column if column in connector_fields('salesforce', table) else otherwise }}
{%- endmacro %}

{# Lines of a select: the canonical columns of a version of a contact or lead. Who has opted out is not written to,
   whatever else is listed; that nobody has opted out is no consent where one is asked for, so a field that says it can
   be listed. #}
{% macro salesforce_person(table) -%}
    {%- set address = 'mailing_' if table == 'contact' else '' -%}
    {%- set stage = 'status' if table == 'lead' else 'cast(null as string)' -%}
    {{ salesforce_listed(table, 'first_name', 'first_name') }} as first_name,
    {{ salesforce_listed(table, 'last_name', 'last_name') }} as last_name,
    {{ salesforce_listed(table, 'email', 'email') }} as email,
    {{ salesforce_listed(table, 'phone', 'coalesce(mobile_phone, phone' ~ (', home_phone)' if table == 'contact' else ')')) }} as phone,
    {{ salesforce_listed(table, 'street', address ~ 'street') }} as street,
    {{ salesforce_listed(table, 'postcode', address ~ 'postal_code') }} as postcode,
    {{ salesforce_listed(table, 'city', address ~ 'city') }} as city,
    {{ salesforce_listed(table, 'country', 'coalesce(' ~ address ~ 'country_code, ' ~ address ~ 'country)') }} as country,
    {{ salesforce_listed(table, 'birth_date', 'birthdate') }} as birth_date,
    {{ salesforce_listed(table, 'gender', 'gender_identity') }} as gender,
    {{ salesforce_listed(table, 'lifecycle_stage', stage) }} as lifecycle_stage,
    case
        when {{ says_true('has_opted_out_of_email') }} then 'false'
        else {{ salesforce_listed(
            table, 'email_consent', 'case when ' ~ says_false('has_opted_out_of_email') ~ " then 'true' end"
        ) }}
    end as email_consent,
    {{ salesforce_listed(table, 'sms_consent') }} as sms_consent,
    {{ salesforce_listed(table, 'recorded_at') }} as recorded_at,
    {%- for name in salesforce_attributes() %}
    {{ salesforce_listed(table, name) }} as {{ name }},
    {%- endfor %}
{%- endmacro %}

{# A whole select list: a row of stg_salesforce__contacts. #}
{% macro salesforce_contact(rejected_column, rejected_reason) -%}
    feed_file,
        feed_row,
        contact_id,
        {% for name in salesforce_person_columns() -%}
        {{ name }},
        {% endfor -%}
        coalesce({{ instant_text('person_created_at') }}, created_date) as created_at,
        case
            when is_delivered then coalesce({{ utc_text('last_modified_date') }}, {{ instant_text('version_at') }})
            else {{ instant_text('version_at') }}
        end as updated_at,
        coalesce({{ utc_text('recorded_at') }}, {{ instant_text('version_at') }}) as recorded_at,
        {{ rejected_column }} as rejected_column,
        {{ rejected_reason }} as rejected_reason
{%- endmacro %}
