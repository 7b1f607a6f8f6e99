{# What the connectors that are switched on bring of a feed, as parse_feed reads rows of files: every value as text in
   raw_<name>. A connector's row may come set aside, with the column and the reason. #}

{# A list of queries, one per connector. #}
{% macro connector_rows(feed, names) -%}
    {% set queries = [] %}
    {% for connector in connectors_of(feed) %}
        {% do queries.append(rows_of_connector(ref('stg_' ~ connector ~ '__' ~ feed), connector, names)) %}
    {% endfor %}
    {{ return(queries) }}
{%- endmacro %}

{# Attributes that connectors bring beyond the declared columns. #}
{% macro connector_attributes(feed) -%}
    {% set attributes = [] %}
    {% for connector in connectors_of(feed) %}
        {% for name in column_names_of(ref('stg_' ~ connector ~ '__' ~ feed)) if name.startswith('attr_') %}
            {% do attributes.append(name) %}
        {% endfor %}
    {% endfor %}
    {{ return(attributes) }}
{%- endmacro %}

{# Told to dbt before anything is run: parse_feed reads them. #}
{% macro refer_to_connectors(feed) -%}
    {% for connector in connectors_of(feed) %}{% do ref('stg_' ~ connector ~ '__' ~ feed) %}{% endfor %}
{%- endmacro %}
