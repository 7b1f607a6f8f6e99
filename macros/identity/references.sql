{# How the rows of a feed name somebody. Who that is, is resolved in models/intermediate/identity/. #}

{# The strongest come first: an id somebody assigned, then an address. #}
{% macro strong_reference_columns() -%}
    {{ return(['contact_id', 'customer_ref', 'user_ref', 'email', 'phone']) }}
{%- endmacro %}

{# They name a browser or a thing, which people lose, share and replace: they make nobody one with anybody. #}
{% macro weak_reference_columns() -%}
    {{ return(['device_id', 'anonymous_id']) }}
{%- endmacro %}

{% macro reference_columns() -%}
    {{ return(strong_reference_columns() + weak_reference_columns()) }}
{%- endmacro %}

{# Those a feed can carry. #}
{% macro references_of(feed) -%}
    {{ return(['contact_id', 'email', 'phone'] if feed == 'contacts' else reference_columns()) }}
{%- endmacro %}

{# One number for each type, the strongest first. #}
{% macro reference_rank(identifier_type) -%}
    case {{ identifier_type }}
        {% for column in reference_columns() -%}
        when '{{ column }}' then {{ loop.index }}
        {% endfor -%}
    end
{%- endmacro %}

{# All that a row says of whose it is, as one key: rows that say the same share it. #}
{% macro reference_set_id(feed) -%}
    {%- set parts = ["'" ~ identity_key() ~ ':' ~ feed ~ "'"] -%}
    {%- for column in references_of(feed) + (['country'] if feed == 'contacts' else []) -%}
        {%- do parts.append("coalesce(" ~ column ~ ", '')") -%}
    {%- endfor -%}
    {{ hashed(parts | join(" || '|' || ")) }}
{%- endmacro %}

{# One identifier as a key that does not show it: hashed with a key of one's own, so that nobody who has a
   list of addresses can look them up. Changing the key changes every customer_id. #}
{% macro identifier_key(identifier_type, identifier_value) -%}
    {{ hashed("'" ~ identity_key() ~ ':' ~ identifier_type ~ ":' || " ~ identifier_value) }}
{%- endmacro %}

{# The key of the first reference present in the row, of those given; NULL when there is none. #}
{% macro first_reference_key(columns) -%}
    case
        {% for column in columns -%}
        when {{ column }} is not null
            then {{ identifier_key(column, 'lower(' ~ column ~ ')' if column == 'email' else column) }}
        {% endfor -%}
    end
{%- endmacro %}

{# Whoever or whatever a row names, strong or weak: tells rows apart, is no customer. #}
{% macro reference_key() -%}{{ first_reference_key(reference_columns()) }}{%- endmacro %}

{# The browser or device of an event, else the person: what sessions and bots are told apart by. #}
{% macro visitor_key() -%}
    {{ first_reference_key(['anonymous_id', 'device_id'] + strong_reference_columns()) }}
{%- endmacro %}

{% macro identity_key() -%}
    {{ return(sql_literal_text(env_var('TESSERA_IDENTITY_KEY', 'demo'))) }}
{%- endmacro %}

{# The join that tells whose row it is. A row that names only a browser belongs to whoever was signed in on it at
   its own time. #}
{% macro is_row_of_customer(row_alias, occurred_at) -%}
    {{ row_alias }}.reference_set_id = reference_customers.reference_set_id
    and coalesce({{ row_alias }}.{{ occurred_at }}, timestamp '1970-01-01') >= reference_customers.holds_from
    and coalesce({{ row_alias }}.{{ occurred_at }}, timestamp '1970-01-01') < reference_customers.holds_to
{%- endmacro %}

{# What is known of a customer is known when the row is, and when it is known to be the customer's. #}
{% macro linked_known_at(known_at, linked_at='reference_customers.linked_at') -%}
    greatest({{ known_at }}, coalesce({{ linked_at }}, {{ known_at }}))
{%- endmacro %}
