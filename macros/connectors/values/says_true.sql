{# Whether a vendor's flag is set, however its export writes it; false when it says nothing. #}
{% macro says_true(column) -%}
    coalesce(lower({{ column }}) in ('true', 't', 'yes', 'y', '1'), false)
{%- endmacro %}

{# Whether it says that it is not set. #}
{% macro says_false(column) -%}
    coalesce(lower({{ column }}) in ('false', 'f', 'no', 'n', '0'), false)
{%- endmacro %}
