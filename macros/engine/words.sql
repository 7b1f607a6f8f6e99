{# Many words of a text, each replaced by what it stands for: a mapping of characters to lists of words, which stand
   between two marks. One call in another: an engine that can do it in one may have its own. #}
{% macro replaced_words(text, words, before, behind) -%}
    {{ return(adapter.dispatch('replaced_words')(text, words, before, behind)) }}
{%- endmacro %}
{% macro default__replaced_words(text, words, before, behind) -%}
    {%- set nested = namespace(text=text) -%}
    {%- for character, names in words.items() -%}
        {%- for name in names -%}
            {%- set nested.text = "replace(" ~ nested.text ~ ", '" ~ before ~ name ~ behind ~ "', '" ~ character ~ "')" -%}
        {%- endfor -%}
    {%- endfor -%}
    case when {{ text }} like '%{{ before }}%{{ behind }}%' then {{ nested.text }} else {{ text }} end
{%- endmacro %}
