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
