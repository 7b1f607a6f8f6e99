{# How alike two texts are. #}

{# Whether one slip leads from one to the other: a letter too many, too few, another, or two that changed places. #}
{% macro is_one_slip_apart(one, other) %}{{ return(adapter.dispatch('is_one_slip_apart')(one, other)) }}{% endmacro %}
{% macro default__is_one_slip_apart(one, other) -%}
    (abs(length({{ one }}) - length({{ other }})) <= 1 and damerau_levenshtein({{ one }}, {{ other }}) = 1)
{%- endmacro %}
{% macro spark__is_one_slip_apart(one, other) -%}
    -- Spark counts two letters that changed places as two slips
    (
        levenshtein({{ one }}, {{ other }}) = 1
        or levenshtein({{ one }}, {{ other }}) = 2
        and array_sort(split({{ one }}, '')) = array_sort(split({{ other }}, ''))
    )
{%- endmacro %}

{# How alike two names are, from 0 to 1 (the same): Winkler's measure, which trusts beginnings more than ends
   (W. Winkler, String Comparator Metrics and Enhanced Decision Rules, 1990). #}
{% macro name_similarity(one, other) %}{{ return(adapter.dispatch('name_similarity')(one, other)) }}{% endmacro %}
{% macro default__name_similarity(one, other) -%} jaro_winkler_similarity({{ one }}, {{ other }}) {%- endmacro %}
{% macro spark__name_similarity(one, other) -%}
    -- without Winkler's measure: the share of letters that stay, a little stricter
    (1.0 - levenshtein({{ one }}, {{ other }}) / nullif(greatest(length({{ one }}), length({{ other }})), 0))
{%- endmacro %}
