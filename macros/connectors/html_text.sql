{# HTML as the text that a reader sees: no tags, scripts and comments, a line for each line, characters for their names.
   Text without tags keeps its own lines. #}
{% macro html_text(html) -%}
    case
        when {{ first_match(html, '(?i)<(/?[a-z][a-z0-9]*(\\s[^<>]*)?/?|!--|!doctype[^<>]*)>?') }} is not null
            then {{ trimmed_text(entity_characters(without_tags(html))) }}
        else {{ trimmed_text(entity_characters(html)) }}
    end
{%- endmacro %}

{# White space of the source is one space; breaks and the ends of blocks are lines, those of paragraphs blank ones. #}
{% macro without_tags(html) -%}
    {%- set hidden = '(?is)<!--.*?-->|<(?:script|style|head|title)\\b[^>]*>.*?</(?:script|style|head|title)\\s*>' -%}
    {%- set blocks = '(?i)</?(?:div|li|ul|ol|tr|table|h[1-6]|blockquote|pre|hr|section|article)\\b[^>]*>' -%}
    {%- set seen = replaced(replaced(html, hidden, ' '), '\\s+', ' ') -%}
    {%- set broken = replaced(replaced(seen, '(?i)<br\\b[^>]*>', '\n'), blocks, '\n') -%}
    {%- set lined = replaced(replaced(broken, '(?i)</?p\\b[^>]*>', '\n\n'), '</?[A-Za-z!][^>]*>') -%}
    {{ replaced(replaced(lined, ' *\n *', '\n'), '\n{3,}', '\n\n') }}
{%- endmacro %}

{# Characters in place of their names. The ampersand is the last, so that &amp;lt; is &lt; and no bracket. #}
{% macro entity_characters(text) -%}
    {%- set nested = namespace(text=text) -%}
    {%- for character, names in html_entities().items() -%}
        {%- for name in names -%}
            {%- set nested.text = "replace(" ~ nested.text ~ ", '&" ~ name ~ ";', '" ~ character ~ "')" -%}
        {%- endfor -%}
    {%- endfor -%}
    case when {{ text }} like '%&%;%' then {{ nested.text }} else {{ text }} end
{%- endmacro %}

{# The names of characters that mail and help desks write; others stay as they are. #}
{% macro html_entities() -%}
    {{ return({
        ' ': ['nbsp', '#160', '#xa0', '#xA0'], '<': ['lt', '#60'], '>': ['gt', '#62'], '"': ['quot', '#34'],
        "''": ['apos', '#39', '#x27', '#039'], '‘': ['lsquo', '#8216'], '’': ['rsquo', '#8217'],
        '“': ['ldquo', '#8220'], '”': ['rdquo', '#8221'], '–': ['ndash', '#8211'], '—': ['mdash', '#8212'],
        '…': ['hellip', '#8230'], '•': ['bull', '#8226'], '·': ['middot'], '€': ['euro', '#8364'],
        '£': ['pound', '#163'], '©': ['copy', '#169'], '®': ['reg', '#174'], '™': ['trade', '#8482'], '°': ['deg'],
        '«': ['laquo'], '»': ['raquo'], '×': ['times'], 'ä': ['auml'], 'ö': ['ouml'], 'ü': ['uuml'], 'Ä': ['Auml'],
        'Ö': ['Ouml'], 'Ü': ['Uuml'], 'ß': ['szlig'], 'á': ['aacute'], 'à': ['agrave'], 'â': ['acirc'],
        'ç': ['ccedil'], 'é': ['eacute'], 'è': ['egrave'], 'ê': ['ecirc'], 'ë': ['euml'], 'í': ['iacute'],
        'ñ': ['ntilde'], 'ó': ['oacute'], 'ô': ['ocirc'], 'ú': ['uacute'],
        '&': ['amp', '#38'],
    }) }}
{%- endmacro %}
