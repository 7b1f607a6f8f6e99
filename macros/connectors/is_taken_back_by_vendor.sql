{# Whether a connector brought a row set aside, since the vendor says that it does not count: the column it names is none of
   the feed's own. #}
{% macro is_taken_back_by_vendor() -%}
    {% if not execute or not connectors_of('orders') %}{{ return('false') }}{% endif %}
    {%- set names = feed_columns('orders') | map(attribute='name') | list + ['line', 'customer reference'] -%}
    source_rank > 0 and rejected_column not in ('{{ names | join("', '") }}')
{%- endmacro %}
