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

{# A number with a point and nothing else, of a text with signs of currency, separators of thousands, a
   decimal comma or parentheses; NULL of any other text.

   What is ambiguous follows one rule: with both marks, the last is the decimal one; a lone point is a decimal
   point; a lone comma is a decimal comma, unless exactly three digits follow it, one to three stand before it,
   and the file is not separated by semicolons: then it separates thousands. #}
{% macro plain_number(raw) -%}
    {%- set space = '[ \\x{a0}\\x{202f}\\x{2009}]' -%}
    {%- set group = "[ ''’\\x{a0}\\x{202f}\\x{2009}]" -%}
    {%- set exponent = '([eE][+-]?\\d+)?' -%}
    {%- set before = '^(\\(|[+−-]?' ~ space ~ '*\\p{Sc}?|\\p{Sc}?' ~ space ~ '*[+−-]?)' ~ space ~ '*' -%}
    {%- set digits = replaced(replaced(raw, before), space ~ '*\\p{Sc}?\\)?$') -%}
    case
        when not {{ fits(raw, '[^()]*|\\([^()+−-]*\\)') }} then null
        else case when {{ fits(raw, '[^0-9]*[(−-].*') }} then '-' else '' end
    end
    || case
        when {{ fits(digits, '\\d{1,3}(' ~ group ~ '\\d{3})+([.,]\\d*)?') }}
            then replace({{ replaced(digits, group) }}, ',', '.')
        when {{ fits(digits, '\\d{1,3}(\\.\\d{3})+,\\d*|\\d{1,3}(\\.\\d{3}){2,}') }}
            then replace(replace({{ digits }}, '.', ''), ',', '.')
        when {{ fits(digits, '\\d{1,3}(,\\d{3})+\\.\\d*|\\d{1,3}(,\\d{3}){2,}') }}
            then replace({{ digits }}, ',', '')
        when {{ fits(digits, '[1-9]\\d{0,2},\\d{3}') }} and not has_decimal_comma
            then replace({{ digits }}, ',', '')
        when {{ fits(digits, '\\d*,\\d+' ~ exponent) }} then replace({{ digits }}, ',', '.')
        when {{ fits(digits, '\\d*\\.?\\d+' ~ exponent ~ '|\\d+\\.') }} then {{ digits }}
    end
{%- endmacro %}
