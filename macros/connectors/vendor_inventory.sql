{# An operation of `tessera check`: what lies in the vendors' folders or schemas, as two tables of the (throw-away)
   file. It asks what vendor_rows asks, so that the check sees the columns a build would see. #}
{% macro record_vendor_inventory(connectors) -%}
    {% do run_query("create schema if not exists inventory") %}
    {% do run_query(
        "create or replace table inventory.connectors (connector string, source_rank integer)"
    ) %}
    {% do run_query(
        "create or replace table inventory.vendor_files (connector string, table_name string, file string, rows bigint)"
    ) %}
    {% do run_query(
        "create or replace table inventory.vendor_columns "
        ~ "(connector string, table_name string, column_name string, is_declared boolean)"
    ) %}
    {% for connector in connectors %}
        {% do record_vendor_row('connectors', [connector], connector_rank(connector)) %}
        {% for table in vendor_tables(connector) %}{% do record_vendor_table(connector, table) %}{% endfor %}
    {% endfor %}
{%- endmacro %}

{% macro record_vendor_table(connector, table) -%}
    {% set columns = vendor_columns(connector, table) %}
    {% set found = [] %}
    {% for file in vendor_delivery(connector, table, columns).files %}
        {% set rows = file.rows if file.rows is not none else rows_of_relation(file.path) %}
        {% do record_vendor_row('vendor_files', [connector, table, file.file], rows) %}
        {% do found.extend(file.columns) %}
    {% endfor %}
    {% set declared = columns | map(attribute='names') | sum(start=[]) %}
    {% for column in columns if column.names | select('in', found) | list %}
        {% do record_vendor_row('vendor_columns', [connector, table, column.name], 'true') %}
    {% endfor %}
    {# what begins with an underscore is the copying tool's own; what is no word might be somebody's data #}
    {% for name in shown_columns(found | unique, columns_by_each_name(columns)) | sort if name not in declared %}
        {% if modules.re.match('^[a-z]', name) %}
            {% do record_vendor_row('vendor_columns', [connector, table, name], 'false') %}
        {% endif %}
    {% endfor %}
{%- endmacro %}

{% macro record_vendor_row(into, texts, last) -%}
    {% set values = [] %}
    {% for text in texts %}{% do values.append("'" ~ sql_literal_text(text) ~ "'") %}{% endfor %}
    {% do run_query('insert into inventory.' ~ into ~ ' values (' ~ values | join(', ') ~ ', ' ~ last ~ ')') %}
{%- endmacro %}

{% macro rows_of_relation(path) -%}
    {{ return(run_query('select count(*) from ' ~ path).columns[0].values()[0]) }}
{%- endmacro %}
