{# What a feature may read of what happened, and since when each row is known. `later`: what is written into a row
   afterwards has a time of its own, and is not known before it; a later time without columns says until when the row
   stood. Facts without a time (names of products) are not here: they tell nothing of a customer. #}
{% macro fact_tables() -%}
    {{ return([
        {'name': 'order_versions', 'known_at': 'known_at', 'later': [
            {'known_at': 'superseded_at', 'columns': []},
        ]},
        {'name': 'order_line_versions', 'known_at': 'known_at', 'later': [
            {'known_at': 'superseded_at', 'columns': []},
        ]},
        {'name': 'web_events', 'known_at': 'known_at', 'later': []},
        {'name': 'sessions', 'known_at': 'known_at', 'later': []},
        {'name': 'messages', 'known_at': 'known_at', 'later': []},
        {'name': 'tickets', 'known_at': 'known_at', 'later': [{
            'known_at': 'outcome_known_at',
            'columns': ['status', 'is_resolved', 'satisfaction_score', 'handling_minutes', 'resolved_at'],
        }]},
        {'name': 'feedback', 'known_at': 'known_at', 'later': []},
        {'name': 'costs', 'known_at': 'known_at', 'later': []},
        {'name': 'campaign_assignments', 'known_at': 'known_at', 'later': []},
        {'name': 'campaign_outcomes', 'known_at': 'known_at', 'later': []},
        {'name': 'rule_segments', 'known_at': 'known_at', 'later': []},
        {'name': 'contacts', 'known_at': 'valid_from', 'later': [{'known_at': 'valid_to', 'columns': []}]},
        {'name': 'customers', 'known_at': 'first_seen_at', 'later': [
            {'known_at': 'first_order_at', 'columns': ['first_order_at']},
        ]},
        {'name': 'customer_identities', 'known_at': 'valid_from', 'later': [
            {'known_at': 'linked_at', 'columns': ['customer_id']},
            {'known_at': 'valid_to', 'columns': ['valid_to']},
        ]},
    ]) }}
{%- endmacro %}

{# Without a time: what things are called. #}
{% macro undated_tables() -%}{{ return(['products', 'campaigns']) }}{%- endmacro %}

{# The columns of a fact that are known as soon as the row is. #}
{% macro columns_known_at_once(fact) -%}
    {% set written_later = [] %}
    {% for later in fact.later %}{% do written_later.extend(later.columns + [later.known_at]) %}{% endfor %}
    {{ return(columns_of(fact.name) | reject('in', written_later) | list) }}
{%- endmacro %}

{# The columns of a model, as they were built. #}
{% macro columns_of(name) -%}
    {% if not execute %}{{ return(['customer_id']) }}{% endif %}
    {{ return(adapter.get_columns_in_relation(ref(name)) | map(attribute='name') | list) }}
{%- endmacro %}
