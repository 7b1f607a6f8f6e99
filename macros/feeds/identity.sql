{# Identity today is "same reference, same customer": the first reference a row carries, in this order.
   The strongest come first: an id somebody assigned, then an address, then a device. #}
{% macro reference_columns() -%}
    {{ return(['contact_id', 'customer_ref', 'user_ref', 'email', 'phone', 'device_id', 'anonymous_id']) }}
{%- endmacro %}

{# One identifier as a key that does not show it: hashed with a key of one's own, so that nobody who has a
   list of addresses can look them up. Changing the key changes every customer_id. #}
{% macro identifier_key(identifier_type, identifier_value) -%}
    {{ hashed("'" ~ identity_key() ~ ':' ~ identifier_type ~ ":' || " ~ normalised_identifier(identifier_type, identifier_value)) }}
{%- endmacro %}

{# Ids keep their case (some systems tell ids apart by it); e-mail addresses do not. #}
{% macro normalised_identifier(identifier_type, identifier_value) -%}
    {%- if identifier_type == 'email' -%} lower({{ identifier_value }}) {%- else -%} {{ identifier_value }} {%- endif -%}
{%- endmacro %}

{# The key of the first reference present in the row. #}
{% macro customer_key(columns=none) -%}
    case
        {% for column in columns or reference_columns() -%}
        when {{ column }} is not null then {{ identifier_key(column, column) }}
        {% endfor -%}
    end
{%- endmacro %}

{% macro identity_key() -%}
    {{ return(sql_literal_text(env_var('TESSERA_IDENTITY_KEY', 'demo'))) }}
{%- endmacro %}
