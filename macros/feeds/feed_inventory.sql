{# An operation of `tessera check`: what lies in the folder, as two tables of the (throw-away) file. It asks
   what parse_feed asks, so that the check sees the columns a build would see. #}
{% macro record_feed_inventory(feeds) -%}
    {% do run_query("create schema if not exists inventory") %}
    {% do run_query("create or replace table inventory.feed_files (feed string, feed_file string)") %}
    {% do run_query(
        "create or replace table inventory.feed_columns (feed string, column_name string, shown_name string)"
    ) %}
    {% for feed in feeds %}
        {% for file in feed_delivery(feed).files %}
            {% do record_feed_file(feed, file.file) %}
            {% for name in file.columns %}{% do record_feed_column(feed, name, file) %}{% endfor %}
        {% endfor %}
    {% endfor %}
{%- endmacro %}

{% macro record_feed_file(feed, file) -%}
    {% do run_query(
        "insert into inventory.feed_files values ('" ~ feed ~ "', '" ~ sql_literal_text(file) ~ "')"
    ) %}
{%- endmacro %}

{# The name as it may be shown: a file without a header would show its first customer instead. #}
{% macro record_feed_column(feed, name, file) -%}
    {% set shown = name if name in shown_columns(file.columns, feed_columns(feed)) else '(no name)' %}
    {% do run_query(
        "insert into inventory.feed_columns values ('" ~ feed ~ "', '" ~ sql_literal_text(name) ~ "', '"
        ~ sql_literal_text(shown) ~ "')"
    ) %}
{%- endmacro %}
