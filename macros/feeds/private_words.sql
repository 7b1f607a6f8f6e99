{# Words that people or links carry identifiers in, made fit to leave schema pii. #}

{# NULL when it holds an e-mail address; `%40` is how a link spells `@`. #}
{% macro without_address(text) -%}
    case when {{ text }} not like '%@%' and position('%40' in {{ text }}) = 0 then {{ text }} end
{%- endmacro %}

{# NULL when it holds an address, or six digits and more: a phone number, a card, an order. #}
{% macro without_identifier(text) -%}
    case
        when length({{ text }}) - length(translate({{ text }}, '0123456789', '')) < 6
            then {{ without_address(text) }}
    end
{%- endmacro %}

{# The path of a page. Queries and fragments carry addresses and tokens; the host is the shop's own. #}
{% macro page_path(url) -%}
    {%- set page = "split_part(split_part(" ~ url ~ ", '?', 1), '#', 1)" -%}
    {%- set path = "regexp_replace(" ~ page ~ ", '^[A-Za-z+.-]+://[^/]*', '')" -%}
    case when {{ path }} = '' then '/' else {{ without_address(path) }} end
{%- endmacro %}

{# The host that a visitor came from. What they read there is not the shop's business. #}
{% macro host_of_url(url) -%}
    {%- set authority = "regexp_extract(" ~ url ~ ", '^([A-Za-z+.-]+://)?([^/?#]+)', 2)" -%}
    nullif(lower(split_part({{ without_address(authority) }}, ':', 1)), '')
{%- endmacro %}
