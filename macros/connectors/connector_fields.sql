{# Custom fields: the var `connector_fields` lists them once, by table and by the canonical column they fill. #}

{# Canonical column to the vendor's field, for one table; none when nothing is listed. #}
{% macro connector_fields(connector, table) -%}
    {% if not execute %}{{ return({}) }}{% endif %}
    {{ return((var('connector_fields') or {}).get(connector ~ '.' ~ table, {})) }}
{%- endmacro %}

{# The var, or a sentence about what is wrong with it. #}
{% macro validated_connector_fields(connectors) -%}
    {% set listed = var('connector_fields') or {} %}
    {% set shape = "var 'connector_fields' must list columns by table, as in {salesforce.contact: {attr_tier: Tier__c}}" %}
    {% if listed is not mapping %}{{ exceptions.raise_compiler_error(shape ~ "; got: " ~ listed) }}{% endif %}
    {% for table, fields in listed.items() %}
        {% set parts = table.split('.') %}
        {% if parts | length != 2 or fields is not mapping %}
            {{ exceptions.raise_compiler_error(shape ~ "; got: " ~ table ~ ': ' ~ fields) }}
        {% endif %}
        {% if parts[0] not in connector_feeds() %}
            {{ exceptions.raise_compiler_error(
                "var 'connector_fields' lists '" ~ table ~ "', but there is no connector '" ~ parts[0] ~ "'. There are: "
                ~ connector_feeds().keys() | join(', ') ~ "."
            ) }}
        {% endif %}
        {% if parts[0] in connectors %}{% do vendor_source(parts[0], parts[1]) %}{% endif %}
        {% for column in fields if not can_be_listed(parts[0], column) %}
            {{ exceptions.raise_compiler_error(
                "var 'connector_fields', " ~ table ~ ": '" ~ column ~ "' cannot be filled. Expected a column of the feeds that "
                ~ parts[0] ~ " brings (" ~ connector_feeds()[parts[0]] | join(', ') ~ "; docs/feeds.md)"
                ~ (", or attr_ and small letters, digits and '_'." if 'contacts' in connector_feeds()[parts[0]] else '.')
            ) }}
        {% endfor %}
    {% endfor %}
{%- endmacro %}
