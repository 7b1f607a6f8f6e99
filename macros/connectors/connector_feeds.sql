{# The connectors there are, and the feeds that each brings: models/staging/<connector>/stg_<connector>__<feed>.sql.
   What several bring counts once, and the first in this list is believed: a shop's own books before what a
   tracker saw of them. #}
{% macro connector_feeds() -%}
    {{ return({
        'shopify': ['orders', 'order_lines', 'products', 'contacts', 'web_events'],
        'salesforce': ['contacts', 'campaigns', 'campaign_assignments', 'campaign_outcomes'],
        'zendesk': ['tickets'],
        'mailchimp': ['contacts', 'messages', 'campaigns'],
        'klaviyo': ['contacts', 'messages', 'campaigns'],
        'segment': ['web_events', 'contacts', 'orders', 'order_lines'],
        'ga4': ['web_events', 'orders', 'order_lines'],
        'mixpanel': ['web_events', 'contacts'],
    }) }}
{%- endmacro %}
