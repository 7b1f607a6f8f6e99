{# One table of a vendor as text: one row per row of it, each declared column under its own name, blank ones, absent
   columns and absent tables NULL or empty; what is nested is JSON. `feed_file` and `feed_row` say where a row lies.

   It lies in files, TESSERA_DATA/<connector>/<table>, or in a schema of the warehouse (var connector_schemas). A line
   of a file that is no row is not here, but in misshapen_vendor_rows. #}
{% macro vendor_rows(connector, table) -%}
    {% do source(connector, table) %}
    {% if not execute %}{{ return('select 1 as feed_row') }}{% endif %}
    {% set columns = vendor_columns(connector, table) %}
    {% set delivery = vendor_delivery(connector, table, columns) %}
    {% for file in delivery.files %}{% do require_vendor_columns(connector, table, columns, file) %}{% endfor %}
    {% do require_listed_columns(connector, table, columns, delivery.files) %}
    {% set names = columns | map(attribute='names') | sum(start=[]) %}
    {% if not delivery.files %}
    select
        cast(null as string) as feed_file,
        cast(null as bigint) as feed_row,
        {% for column in columns -%}
        cast(null as string) as "{{ column.name }}"{{ ',' if not loop.last }}
        {% endfor -%}
    where false
    {% else %}
    select
        feed_file,
        cast(feed_row as bigint) as feed_row,
        {% for column in columns -%}
        {{ first_given(column.names) }} as "{{ column.name }}"{{ ',' if not loop.last }}
        {% endfor -%}
    from (
        {% for file in delivery.files -%}
        {{ feed_file_rows(file, names) }}
        {{ 'union all' if not loop.last }}
        {% endfor %}
    ) as delivered
    where misshapen_reason is null
    {% endif %}
{%- endmacro %}

{# Exports write 'null' where they have nothing. #}
{% macro first_given(names) -%}
    {%- set values = [] -%}
    {%- for name in names -%}
        {%- do values.append("nullif(nullif(\"raw_" ~ name ~ "\", 'null'), 'NULL')") -%}
    {%- endfor -%}
    {{ values[0] if values | length == 1 else 'coalesce(' ~ values | join(', ') ~ ')' }}
{%- endmacro %}

{# Where the rows of a table lie: its files, or its relation, told as files are. #}
{% macro vendor_delivery(connector, table, columns) -%}
    {% set names = columns | map(attribute='names') | sum(start=[]) %}
    {% set schema = (var('connector_schemas') or {}).get(connector) %}
    {% if schema %}
        {{ return({'files': vendor_relations(schema, vendor_table_names(connector, table), names)}) }}
    {% endif %}
    {% set delivery = fromjson(described_table(
        feeds_folder() ~ '/' ~ connector, vendor_table_names(connector, table), names
    )) %}
    {% if delivery.problem %}
        {{ exceptions.raise_compiler_error("connector '" ~ connector ~ "': " ~ delivery.problem) }}
    {% endif %}
    {{ return(delivery) }}
{%- endmacro %}

{% macro require_vendor_columns(connector, table, columns, file) -%}
    {% for column in columns if column.is_required and not column.names | select('in', file.columns) | list %}
        {% do missing_vendor_column(connector, table, column, columns, file.file, file.columns) %}
    {% endfor %}
{%- endmacro %}

{# A listed field is there when one file has it: a file of JSON objects shows only what is filled. #}
{% macro require_listed_columns(connector, table, columns, files) -%}
    {% set found = [] %}
    {% for file in files %}{% do found.extend(file.columns) %}{% endfor %}
    {% for column in columns if column.is_listed and not column.names | select('in', found) | list %}
        {% if files %}
            {% do missing_vendor_column(connector, table, column, columns, files[0].file, found | unique | list) %}
        {% endif %}
    {% endfor %}
{%- endmacro %}

{% macro missing_vendor_column(connector, table, column, columns, file, found) -%}
    {{ exceptions.raise_compiler_error(
        "connector '" ~ connector ~ "' (" ~ file ~ "): column '" ~ column.name ~ "' of table '" ~ table
        ~ "' is missing" ~ (', which the var connector_fields lists' if column.is_listed else '')
        ~ ". Columns found: " ~ shown_column_names(found, columns_by_each_name(columns)) ~ ". Export it, or correct its name; "
        ~ "docs/connectors/" ~ connector ~ ".md lists every table."
    ) }}
{%- endmacro %}
