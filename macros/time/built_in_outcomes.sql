{# What segments are judged by, beside the targets: outcome_<name>, of the orders in 90 days after the snapshot. #}
{% macro built_in_outcomes() -%}
    {{ return({
        'amount_90d': 'cast(coalesce(sum(orders.amount), 0) as double)',
        'orders_90d': 'cast(count(orders.order_id) as bigint)',
    }) }}
{%- endmacro %}
{% macro built_in_outcome_days() -%} 90 {%- endmacro %}
