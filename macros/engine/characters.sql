{# A text with characters in place of their names in HTML: &amp; is &. One call in another; an engine that can do it in
   one may have its own. #}
{% macro named_characters(text) %}{{ return(adapter.dispatch('named_characters')(text)) }}{% endmacro %}
{% macro default__named_characters(text) -%}
    {%- set nested = namespace(text=text) -%}
    {%- for character, names in html_entities().items() -%}
        {%- for name in names -%}
            {%- set nested.text = "replace(" ~ nested.text ~ ", '&" ~ name ~ ";', '" ~ character ~ "')" -%}
        {%- endfor -%}
    {%- endfor -%}
    case when {{ text }} like '%&%;%' then {{ nested.text }} else {{ text }} end
{%- endmacro %}
