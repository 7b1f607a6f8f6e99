{# Window functions that engines spell differently. #}

{# The next value in a window's order that is not NULL, behind the row itself. #}
{% macro next_given(value, window) %}{{ return(adapter.dispatch('next_given')(value, window)) }}{% endmacro %}
{% macro default__next_given(value, window) -%} lead({{ value }} ignore nulls) over {{ window }} {%- endmacro %}
{% macro spark__next_given(value, window) -%} lead({{ value }}) ignore nulls over {{ window }} {%- endmacro %}
