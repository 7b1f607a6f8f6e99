{# Names and addresses as they are compared, never as they are shown: one spelling for what people write in many. #}

{# Words of letters and digits in small letters without accents, a space between; apostrophes join. #}
{% macro compared_words(text) -%}
    nullif(trim({{ replaced(replaced(folded(text), "[\\x{2019}\\x{0027}\\x{0060}\\x{00b4}]"), '[^\\p{L}\\p{N}]+', ' ') }}), '')
{%- endmacro %}

{# A name without titles and what follows a name. #}
{% macro compared_name(text) -%}
    nullif(trim({{ replaced(compared_words(text), '\\b(mr|mrs|ms|miss|mx|dr|prof|sir|herr|frau|dipl|ing|jr|sr|ii|iii)\\b *') }}), '')
{%- endmacro %}

{# Parts of street names that are written out or not: pattern of the words, and the short form. #}
{% macro street_words() -%}
    {{ return({
        ' ?(strasse|strase|str)\\b': 'str', ' ?(platz|pl)\\b': 'pl', '\\bstreet\\b': 'st', '\\broad\\b': 'rd',
        '\\b(avenue|av)\\b': 'ave', '\\bdrive\\b': 'dr', '\\blane\\b': 'ln', '\\bplace\\b': 'pl',
        '\\bcourt\\b': 'ct', '\\b(crescent|cr)\\b': 'cres', '\\bboulevard\\b': 'blvd', '\\bclose\\b': 'cl',
        '\\bcircuit\\b': 'cct', '\\bterrace\\b': 'tce', '\\bsquare\\b': 'sq', '\\bhighway\\b': 'hwy',
    }) }}
{%- endmacro %}

{# A street with its number last, and its usual words in their short form. #}
{% macro compared_street(text) -%}
    {%- set street = namespace(sql=compared_words(text)) -%}
    {%- for pattern, short in street_words().items() -%}
    {%- set street.sql = replaced(street.sql, pattern, short) -%}
    {%- endfor -%}
    {{ replaced(street.sql, '^([0-9]+ ?[a-z]?) (.+)$', '\\2 \\1') }}
{%- endmacro %}

{# A postcode without spaces, a country's letter before it (`D-01067`) or the zeros that spreadsheets eat. #}
{% macro compared_postcode(text) -%}
    nullif(ltrim({{ replaced(replaced(folded(text), '^ *[a-z]{1,2}-'), '[^\\p{L}\\p{N}]+') }}, '0'), '')
{%- endmacro %}

{# m and f for what is so called in English or German; anything else as written. #}
{% macro compared_gender(text) -%}
    case
        when {{ compared_words(text) }} in ('m', 'male', 'man', 'mann', 'mannlich', 'herr', 'mr') then 'm'
        when {{ compared_words(text) }} in ('f', 'w', 'female', 'woman', 'frau', 'weiblich', 'mrs', 'ms') then 'f'
        else {{ compared_words(text) }}
    end
{%- endmacro %}

{# What stands before the @, without a tag after + and without dots. #}
{% macro compared_local_part(email) -%}
    nullif(replace(split_part(split_part({{ folded(email) }}, '@', 1), '+', 1), '.', ''), '')
{%- endmacro %}

{# The last nine digits: with or without the country's code they are the same. Fewer than seven are no number. #}
{% macro compared_phone(phone) -%}
    case
        when length({{ replaced(phone, '[^0-9]+') }}) >= 7 then right({{ replaced(phone, '[^0-9]+') }}, 9)
    end
{%- endmacro %}
