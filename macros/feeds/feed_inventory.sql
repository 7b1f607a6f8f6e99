{# An operation of `tessera check`: what lies in the folder, as two tables of the (throw-away) file. It asks
   what parse_feed asks, so that the check sees the columns a build would see. #}
{% macro record_feed_inventory(feeds, connectors=[]) -%}
    {% do run_query("create schema if not exists inventory") %}
    {% do run_query("create or replace table inventory.feed_files (feed string, feed_file string)") %}
    {% do run_query(
        "create or replace table inventory.feed_columns (feed string, column_name string)"
    ) %}
    {% do record_vendor_inventory(connectors) %}
    {% for feed in feeds %}
        {% set delivery = feed_delivery(feed) %}
        {% for name in delivery.blank %}{% do record_feed_file(feed, name) %}{% endfor %}
        {% for file in delivery.files %}
            {% do record_feed_file(feed, file.file) %}
            {% set safe = safe_columns(feed, file) %}
            {% for name in file.columns %}
                {% do record_feed_column(feed, name if name in safe else '(no name)') %}
            {% endfor %}
        {% endfor %}
    {% endfor %}
{%- endmacro %}

{% macro record_feed_file(feed, file) -%}
    {% do run_query(
        "insert into inventory.feed_files values ('" ~ feed ~ "', '" ~ sql_literal_text(file) ~ "')"
    ) %}
{%- endmacro %}

{# Names that may be written down, also into dbt's log: those that are read, and others that look like names.
   A file without a header would show its first customer instead. #}
{% macro safe_columns(feed, file) -%}
    {% set columns = feed_columns(feed) %}
    {{ return(shown_columns(file.columns, columns) + extra_columns(columns, {'files': [file]}) | list) }}
{%- endmacro %}

{% macro record_feed_column(feed, name) -%}
    {% do run_query(
        "insert into inventory.feed_columns values ('" ~ feed ~ "', '" ~ sql_literal_text(name) ~ "')"
    ) %}
{%- endmacro %}
