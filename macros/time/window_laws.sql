{# What must not be true of two windows of one measure; nothing where no law holds. A value that the longer window
   lacks is a violation, too. #}
{% macro window_violation(aggregate, base, shorter, longer, names) -%}
    {% set smallest = base[: -3] ~ 'min_lifetime' %}
    {% if aggregate in ['count', 'max'] -%}
        {{ shorter }} > coalesce({{ longer }}, {{ shorter }} - 1)
    {%- elif aggregate == 'min' -%}
        {{ shorter }} < coalesce({{ longer }}, {{ shorter }} + 1)
    {%- elif modules.re.search('_(seconds|minutes|hours|days|quantity)_sum$', base) -%}
        {{ is_less_by_more_than_rounding(longer, shorter) }}
    {%- elif smallest in names -%}
        ({{ smallest }} >= 0 and {{ is_less_by_more_than_rounding(longer, shorter) }})
    {%- endif %}
{%- endmacro %}

{# Sums of doubles differ in their last digits by the order of adding. #}
{% macro is_less_by_more_than_rounding(sum, other) -%}
    {{ sum }} < {{ other }} - 0.000001 * greatest(abs({{ other }}), 1)
{%- endmacro %}
