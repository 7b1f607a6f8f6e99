{# Every feed that is read, in the order of docs/feeds.md. #}
{% macro all_feeds() -%}
    {{ return([
        'orders', 'order_lines', 'products', 'web_events', 'contacts', 'messages', 'tickets', 'feedback',
        'campaigns', 'campaign_assignments', 'campaign_outcomes', 'costs', 'rule_segments',
    ]) }}
{%- endmacro %}

{# The feeds whose rows name a customer, with the expression that says when a row could first be known. A web
   event is known when it was received, whatever the visitor's clock said. #}
{% macro feeds_of_customers() -%}
    {{ return({
        'orders': 'ordered_at',
        'web_events': 'coalesce(received_at, occurred_at)',
        'contacts': 'coalesce(updated_at, created_at)',
        'messages': 'occurred_at',
        'tickets': 'created_at',
        'feedback': 'created_at',
        'campaign_assignments': 'assigned_at',
        'campaign_outcomes': 'occurred_at',
        'costs': 'incurred_at',
        'rule_segments': 'valid_from',
    }) }}
{%- endmacro %}

{# When what a row tells of happened, whatever the visitor's clock said. #}
{% macro own_time_of(feed) -%}
    {{ return(corrected_clock('occurred_at', 'received_at') if feed == 'web_events' else feeds_of_customers()[feed]) }}
{%- endmacro %}
