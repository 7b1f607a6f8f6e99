{# Lines of vendors' files that are no rows: one row per line. What is read as it lies has none. #}
{% macro misshapen_vendor_rows() -%}
    {% if not execute %}{{ return('select 1 as feed_row') }}{% endif %}
    {% set queries = [] %}
    {% for connector in validated_connectors() %}
        {% for table in vendor_tables(connector) %}
            {% for file in vendor_delivery(connector, table, vendor_columns(connector, table)).files %}
                {% if file.reader in ['mended', 'json'] %}
                    {% do queries.append(misshapen_lines(connector, table, feed_file_rows(file, []))) %}
                {% endif %}
            {% endfor %}
        {% endfor %}
    {% endfor %}
    {% do queries.append(no_misshapen_line()) %}
    {{ queries | join('\nunion all\n') }}
{%- endmacro %}

{% macro misshapen_lines(connector, table, query) -%}
select
    '{{ connector }}' as connector,
    '{{ table }}' as table_name,
    feed_file,
    cast(feed_row as bigint) as feed_row,
    misshapen_reason
from ({{ query }}) as delivered
where misshapen_reason is not null
{%- endmacro %}

{% macro no_misshapen_line() -%}
select
    '' as connector,
    '' as table_name,
    '' as feed_file,
    cast(null as bigint) as feed_row,
    '' as misshapen_reason
where false
{%- endmacro %}
