{# What a label may look at: core tables of facts, when each fact happened, and which of them count. #}
{% macro outcome_tables() -%}
    {{ return({
        'orders': {'happened_at': 'ordered_at', 'counts_when': 'is_purchase'},
        'order_lines': {'happened_at': 'ordered_at', 'counts_when': 'is_purchase'},
        'web_events': {'happened_at': 'occurred_at', 'counts_when': 'not is_bot'},
        'messages': {'happened_at': 'occurred_at', 'counts_when': 'true'},
        'campaign_assignments': {'happened_at': 'assigned_at', 'counts_when': 'true'},
        'campaign_outcomes': {'happened_at': 'occurred_at', 'counts_when': 'true'},
        'tickets': {'happened_at': 'created_at', 'counts_when': 'true'},
        'feedback': {'happened_at': 'created_at', 'counts_when': 'true'},
    }) }}
{%- endmacro %}

{# What labels may ask of a table beside its own columns: {'name': expression}. #}
{% macro outcome_columns_added(name) -%}
    {% if name != 'order_lines' %}{{ return({}) }}{% endif %}
    {{ return({'is_target_category': 'category = (select category from ' ~ ref('target_category') ~ ')'}) }}
{%- endmacro %}
