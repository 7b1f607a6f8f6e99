{# A sum of doubles that does not depend on the order of the rows, to twelve places: two builds agree to the bit. #}
{% macro exact_sum(expression) -%} cast(sum(cast({{ expression }} as decimal(38, 12))) as double) {%- endmacro %}
