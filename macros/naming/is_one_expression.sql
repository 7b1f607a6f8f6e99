{# No statement end, no comment, and parentheses that never close what they did not open. #}
{% macro is_one_expression(text) -%}
    {% set depth = namespace(now=0, lowest=0) %}
    {% for character in text | string %}
        {% set depth.now = depth.now + (1 if character == '(' else (-1 if character == ')' else 0)) %}
        {% set depth.lowest = [depth.lowest, depth.now] | min %}
    {% endfor %}
    {% set has_forbidden = ';' in text or '--' in text or '/*' in text %}
    {{ return(depth.now == 0 and depth.lowest == 0 and not has_forbidden) }}
{%- endmacro %}
