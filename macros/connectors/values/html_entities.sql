{# Names of characters that mail and help desks write in HTML; others stay as they are. The ampersand is the last, so that
   &amp;lt; is &lt; and no bracket. #}
{% macro html_entities() -%}
    {{ return({
        ' ': ['nbsp', '#160'], '<': ['lt'], '>': ['gt'], '"': ['quot'], "''": ['#39', 'apos', '#x27'],
        '‘': ['lsquo', '#8216'], '’': ['rsquo', '#8217'], '“': ['ldquo', '#8220'], '”': ['rdquo', '#8221'],
        '–': ['ndash', '#8211'], '—': ['mdash', '#8212'], '…': ['hellip', '#8230'], '€': ['euro', '#8364'],
        '£': ['pound', '#163'], 'ä': ['auml'], 'ö': ['ouml'], 'ü': ['uuml'], 'Ä': ['Auml'], 'Ö': ['Ouml'],
        'Ü': ['Uuml'], 'ß': ['szlig'], 'à': ['agrave'], 'ç': ['ccedil'], 'é': ['eacute'], 'è': ['egrave'],
        'ñ': ['ntilde'], '&': ['amp', '#38'],
    }) }}
{%- endmacro %}
