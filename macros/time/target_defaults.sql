{# What a target is where it does not say: the fields that may be left out. #}
{% macro target_defaults() -%}
    {{ return({
        'over': 'orders', 'where': none, 'fewest_of_each_answer': 100, 'rule': none, 'rises_with': [], 'falls_with': [],
    }) }}
{%- endmacro %}
