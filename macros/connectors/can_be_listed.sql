{# Whether a connector can have a column: it is one of the feeds that it brings, or, with contacts, an attribute. #}
{% macro can_be_listed(connector, column) -%}
    {% set feeds = connector_feeds()[connector] %}
    {% set names = [] %}
    {% for feed in feeds %}{% do names.extend(feed_columns(feed) | map(attribute='name')) %}{% endfor %}
    {{ return(
        column in names or ('contacts' in feeds and modules.re.match('^attr_[a-z0-9_]+$', column | string) is not none)
    ) }}
{%- endmacro %}
