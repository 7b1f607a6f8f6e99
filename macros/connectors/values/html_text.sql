{# HTML as the text that a reader sees, in two steps, each of a column: first without tags, then with characters in
   place of their names. #}

{# No tags, scripts and comments, and a line for each line: white space of the source is one space, breaks and the ends
   of blocks are lines, those of paragraphs blank ones. Text without tags keeps its own lines. #}
{% macro html_without_tags(html) -%}
    {%- set tag = '(?i)<(?:/?[a-z][a-z0-9]*(?:\\s[^<>]*)?/?>|!--|!doctype)' -%}
    {%- set hidden = '(?is)<!--.*?-->|<(?:script|style|head|title)\\b[^>]*>.*?</(?:script|style|head|title)\\s*>' -%}
    {%- set blocks = '(?i)</?(?:div|li|ul|ol|tr|table|h[1-6]|blockquote|pre|hr|section|article)\\b[^>]*>' -%}
    {%- set seen = replaced(replaced(html, hidden, ' '), '\\s+', ' ') -%}
    {%- set broken = replaced(replaced(seen, '(?i)<br\\b[^>]*>', '\n'), blocks, '\n') -%}
    {%- set lined = replaced(replaced(broken, '(?i)</?p\\b[^>]*>', '\n\n'), '</?[A-Za-z!][^>]*>') -%}
    case
        when {{ first_match(html, tag) }} is not null
            then {{ replaced(replaced(lined, ' *\n *', '\n'), '\n{3,}', '\n\n') }}
        else {{ html }}
    end
{%- endmacro %}

{# Characters in place of their names; what is blank then is NULL. #}
{% macro html_characters(text) -%}
    nullif({{ replaced(named_characters(text), '^\\s+|\\s+$') }}, '')
{%- endmacro %}
