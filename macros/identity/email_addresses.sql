{# E-mail addresses as people and systems write them, read part by part. #}

{# Small letters, without what surrounds an address on paper, in links and in address books: white space (also
   within), `Ann <…>`, mailto:, quotes, brackets, trailing dots. #}
{% macro cleaned_email(email) -%}
    {%- set spaceless = replaced('lower(' ~ email ~ ')', '[\\s\\x{a0}\\x{200b}-\\x{200f}\\x{202a}-\\x{202e}\\x{2060}\\x{feff}]') -%}
    {%- set addressed = replaced(spaceless, '^[^@]*<([^<>]*@[^<>]*)>.*$', '\\1') -%}
    {%- set dirt = '[<>()\\[\\]{}"\\x27`´,;:.]' -%}
    {{ replaced(addressed, '^(?:' ~ dirt ~ '|mailto:|e-?mail:)+|[?][^@]*$|' ~ dirt ~ '+$') }}
{%- endmacro %}

{# Whether a cleaned text can be an address: something, one @, a domain of two labels or more (RFC 5321's lengths). #}
{% macro is_email_address(cleaned) -%}
    ({{ fits(cleaned, '[^@"(),:;<>\\[\\]\\\\]{1,64}@(?:[\\p{L}\\p{N}_-]+[.])+\\p{L}[\\p{L}\\p{N}-]+') }}
    and length({{ cleaned }}) <= 254)
{%- endmacro %}

{# The mailbox: without a tag (name+tag) and without what its provider does not look at. A name that consists of
   these alone stays as it is. #}
{% macro mailbox_name(local_part, tag_separator, ignored_characters) -%}
    {%- set untagged = "case when " ~ tag_separator ~ " is null then " ~ local_part ~ " else split_part("
        ~ local_part ~ ", " ~ tag_separator ~ ", 1) end" -%}
    coalesce(nullif(translate({{ untagged }}, coalesce({{ ignored_characters }}, ''), ''), ''), {{ local_part }})
{%- endmacro %}

{# A mailbox's name as lists of roles and placeholders have it: whatever the tag and the signs between words. #}
{% macro compared_mailbox(local_part) -%}
    translate(split_part({{ local_part }}, '+', 1), '.-_', '')
{%- endmacro %}

{# The name of a provider: gmail of gmail.com, and of its other endings. #}
{% macro domain_label(domain) -%} split_part({{ domain }}, '.', 1) {%- endmacro %}

{# Three times the same letter and more: nobody's name. #}
{% macro is_one_letter_repeated(text) -%}
    length({{ text }}) >= 3 and replace({{ text }}, left({{ text }}, 1), '') = ''
{%- endmacro %}
