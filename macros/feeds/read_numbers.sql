{# Numbers as people write them. #}

{# A number of a decimal type or double; NULL when it is none or does not fit. Almost every value takes the
   first way; the second is for what a cast does not know. #}
{% macro number_value(raw, type) -%}
    coalesce(
        {{ finite_number(raw, type) }},
        case when {{ raw }} is not null then {{ finite_number(plain_number(raw), type) }} end
    )
{%- endmacro %}

{% macro finite_number(text, type) -%}
    {%- if type == 'double' -%}
    case when abs(try_cast({{ text }} as double)) <= 1.7e308 then try_cast({{ text }} as double) end
    {%- else -%}
    try_cast({{ text }} as {{ type }})
    {%- endif -%}
{%- endmacro %}

{# A whole number; a cast alone would round 2.5. #}
{% macro whole_number_value(raw) -%}
    {%- set number = number_value(raw, 'decimal(28, 6)') -%}
    case when {{ number }} % 1 = 0 then try_cast({{ number }} as bigint) end
{%- endmacro %}

{# A text that is a number with a point and nothing else, of one with a currency's sign, separators of thousands, a
   decimal comma or parentheses; other texts stay what they are, and no number.

   What is ambiguous follows one rule: of two marks the last is the decimal one; a lone point is a decimal point;
   a lone comma is a decimal comma, unless exactly three digits follow it, one to three stand before it, the
   first no 0, and the file is not separated by semicolons: then it separates thousands. #}
{% macro plain_number(raw) -%}
    {%- set number = namespace(text="case when has_decimal_comma then " ~ raw ~ " else "
        ~ replaced(raw, '^([^\\d,.]*[1-9]\\d{0,2}),(\\d{3}[^\\d,.]*)$', '\\1\\2') ~ " end") -%}
    {%- for pattern, plain in number_rewritings() -%}
        {%- set number.text = replaced(number.text, pattern, plain) -%}
    {%- endfor -%}
    {{ return(number.text) }}
{%- endmacro %}

{# Each takes a whole text of one form; a text of another passes unchanged. #}
{% macro number_rewritings() -%}
    {%- set space = '[ \u00a0\u202f\u2009]' -%}
    {%- set mark = "[ ''’\u00a0\u202f\u2009]" -%}
    {{ return([
        ('^\\(([^()+−-]+)\\)$', '-\\1'),
        ('^([+−-]?)' ~ space ~ '*(?:\\p{Sc}' ~ space ~ '*)?([+−-]?)(\\d|[.,]\\d)', '\\1\\2\\3'),
        (space ~ '*\\p{Sc}$', ''),
        ('^−', '-'),
        (grouped_digits(mark, 1) ~ '(?:[.,](\\d*))?$', '\\1\\2\\3\\4\\5.\\6'),
        (grouped_digits('\\.', 1) ~ ',(\\d*)$', '\\1\\2\\3\\4\\5.\\6'),
        (grouped_digits('\\.', 2) ~ '$', '\\1\\2\\3\\4\\5'),
        (grouped_digits(',', 1) ~ '\\.(\\d*)$', '\\1\\2\\3\\4\\5.\\6'),
        (grouped_digits(',', 2) ~ '$', '\\1\\2\\3\\4\\5'),
        ('^([+-]?\\d*),(\\d+(?:[eE][+-]?\\d+)?)$', '\\1.\\2'),
    ]) }}
{%- endmacro %}

{# The beginning of a number whose thousands stand apart, up to 999 million million, in five groups. #}
{% macro grouped_digits(mark, least) -%}
    {%- set group = mark ~ '(\\d{3})' -%}
    {{ return('^([+-]?\\d{1,3})' ~ group * least ~ ('(?:' ~ group ~ ')?') * (4 - least)) }}
{%- endmacro %}
