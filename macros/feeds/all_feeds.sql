{# Every feed that is read, in the order of docs/feeds.md. #}
{% macro all_feeds() -%}
    {{ return([
        'orders', 'order_lines', 'products', 'contacts', 'campaigns', 'campaign_assignments',
        'campaign_outcomes',
    ]) }}
{%- endmacro %}
