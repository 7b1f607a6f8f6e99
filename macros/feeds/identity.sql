{# Identity today is "same reference, same customer": the first reference a row carries, in this order.
   The strongest come first: an id somebody assigned, then an address. #}
{% macro strong_reference_columns() -%}
    {{ return(['contact_id', 'customer_ref', 'user_ref', 'email', 'phone']) }}
{%- endmacro %}

{# They name a browser or a thing, which people lose, share and replace: alone they make nobody a customer. #}
{% macro weak_reference_columns() -%}
    {{ return(['device_id', 'anonymous_id']) }}
{%- endmacro %}

{% macro reference_columns() -%}
    {{ return(strong_reference_columns() + weak_reference_columns()) }}
{%- endmacro %}

{# Those that make a customer, by feed. Somebody who buys is one, however little the order says of them. #}
{% macro naming_columns(feed) -%}
    {{ return({'orders': reference_columns(), 'contacts': ['contact_id']}.get(feed, strong_reference_columns())) }}
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

{# The key of the first reference present in the row, of those given; NULL when there is none. #}
{% macro first_reference_key(columns) -%}
    case
        {% for column in columns -%}
        when {{ column }} is not null then {{ identifier_key(column, column) }}
        {% endfor -%}
    end
{%- endmacro %}

{# The customer a row of a feed belongs to; NULL when it only says which device or browser it was. #}
{% macro customer_key(feed) -%}{{ first_reference_key(naming_columns(feed)) }}{%- endmacro %}

{# Whoever or whatever a row names, strong or weak: tells rows apart, is no customer. #}
{% macro reference_key() -%}{{ first_reference_key(reference_columns()) }}{%- endmacro %}

{# The browser or device of an event, else the person: what sessions and bots are told apart by. #}
{% macro visitor_key() -%}
    {{ first_reference_key(['anonymous_id', 'device_id'] + strong_reference_columns()) }}
{%- endmacro %}

{% macro identity_key() -%}
    {{ return(sql_literal_text(env_var('TESSERA_IDENTITY_KEY', 'demo'))) }}
{%- endmacro %}
