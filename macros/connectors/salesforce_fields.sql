{# The fields of a person that are read from Salesforce, and what they mean: contacts and leads have nearly the same. #}

{# Of `contact` or `lead`: name (of the column), value (as SQL) and key (as field history calls it, in small letters and
   without marks, since `Income_Band__c` is also written income_band_c). What is listed in connector_fields is behind. #}
{% macro salesforce_fields(table) -%}
    {% set address = 'mailing_' if table == 'contact' else '' %}
    {% set names = ['first_name', 'last_name', 'email', 'phone', 'mobile_phone', 'birthdate', 'gender_identity',
        'has_opted_out_of_email', address ~ 'street', address ~ 'postal_code', address ~ 'city', address ~ 'country',
        address ~ 'country_code'] + (['home_phone'] if table == 'contact' else ['status']) %}
    {% set fields = [] %}
    {% for name in names %}
        {% do fields.append({'name': name, 'value': '"' ~ name ~ '"', 'key': name | replace('_', '')}) %}
    {% endfor %}
    {% for column, path in connector_fields('salesforce', table).items() %}
        {% do fields.append({
            'name': 'listed_' ~ column, 'value': field_value(path, ''),
            'key': modules.re.sub('[^a-z0-9]', '', path | string | lower),
        }) %}
    {% endfor %}
    {{ return(fields) }}
{%- endmacro %}

{# What is listed for a canonical column, else what is given. #}
{% macro salesforce_listed(table, column, otherwise='cast(null as string)') -%}
    {{ return('listed_' ~ column if column in connector_fields('salesforce', table) else otherwise) }}
{%- endmacro %}

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

{# The canonical columns of a person, in their order. #}
{% macro salesforce_person_columns() -%}
    {{ return(['email', 'phone', 'first_name', 'last_name', 'street', 'postcode', 'city', 'country', 'birth_date',
        'gender', 'lifecycle_stage', 'email_consent', 'sms_consent'] + salesforce_attributes()) }}
{%- endmacro %}

{# Lines of a select: the canonical columns of a version of a contact or lead. Who has opted out is not written to,
   whatever else is listed; that nobody has opted out is no consent where one is asked for, so a field that says it can
   be listed. #}
{% macro salesforce_person(table) -%}
    {%- set address = 'mailing_' if table == 'contact' else '' -%}
    {%- set stage = 'status' if table == 'lead' else 'cast(null as string)' -%}
    first_name,
    last_name,
    email,
    {{ salesforce_listed(table, 'phone', 'coalesce(mobile_phone, phone' ~ (', home_phone)' if table == 'contact' else ')')) }} as phone,
    {{ address }}street as street,
    {{ address }}postal_code as postcode,
    {{ address }}city as city,
    coalesce({{ address }}country_code, {{ address }}country) as country,
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
