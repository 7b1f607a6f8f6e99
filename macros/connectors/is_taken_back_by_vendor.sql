{# Whether a row is set aside since the vendor itself says that it does not count, a test order or a deleted record: the
   column it names is none of the feed's own. #}
{% macro is_taken_back_by_vendor(feed) -%}
    {% if not execute or not connectors_of(feed) %}{{ return('false') }}{% endif %}
    {%- set names = feed_columns(feed) | map(attribute='name') | list + ['line', 'customer reference'] -%}
    rejected_column not in ('{{ names | join("', '") }}')
{%- endmacro %}
