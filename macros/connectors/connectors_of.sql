{# Those that are switched on and bring a feed, the most believed first. Known while dbt reads the project, so that
   they can be refs. #}
{% macro connectors_of(feed) -%}
    {% set bringing = [] %}
    {% for connector, feeds in connector_feeds().items() if feed in feeds and is_connected(connector) %}
        {% do bringing.append(connector) %}
    {% endfor %}
    {{ return(bringing) }}
{%- endmacro %}

{# How much a connector is believed: 1 the most; what lies in plain feeds (0) more than any. #}
{% macro connector_rank(connector) -%}
    {{ return((connector_feeds().keys() | list).index(connector) + 1) }}
{%- endmacro %}
