{# 'Page Viewed', 'page-viewed' and 'page_viewed' are one spelling. #}
{% macro event_spelling(event_name) -%}
    replace(replace(lower(trim({{ event_name }})), ' ', '_'), '-', '_')
{%- endmacro %}
