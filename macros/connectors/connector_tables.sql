{# What was found of the tables of each connector that is switched on. #}

{# One row per table of such a connector: how many files or relations hold it, and how many rows they have. A connector
   of which nothing was found was hardly switched on for nothing: that stops the build. #}
{% macro connector_tables() -%}
    {% if not execute %}{{ return('select 1 as rows_in') }}{% endif %}
    {% set queries = [] %}
    {% for connector in validated_connectors() %}
        {% set found = [] %}
        {% for table in vendor_tables(connector) %}
            {% set files = vendor_delivery(connector, table, vendor_columns(connector, table)).files %}
            {% do found.extend(files) %}
            {% do queries.append(counted_table(connector, table, files)) %}
        {% endfor %}
        {% if not found %}{% do nothing_found(connector) %}{% endif %}
    {% endfor %}
    {% do queries.append(counted_table('', '', []) ~ ' where false') %}
    {{ queries | join('\nunion all\n') }}
{%- endmacro %}

{% macro counted_table(connector, table, files) -%}
    {%- set rows = [] -%}
    {%- for file in files -%}
        {%- do rows.append('(select count(*) from ' ~ file.path ~ ')' if file.rows is none else file.rows) -%}
    {%- endfor -%}
select
    '{{ connector }}' as connector,
    '{{ table }}' as table_name,
    {{ files | length }} as files,
    cast({{ rows | join(' + ') or 0 }} as bigint) as rows_in
{%- endmacro %}

{% macro nothing_found(connector) -%}
    {% set schema = (var('connector_schemas') or {}).get(connector) %}
    {{ exceptions.raise_compiler_error(
        "connector '" ~ connector ~ "' is switched on, but nothing of it was found in "
        ~ ('schema ' ~ schema if schema else feeds_folder() ~ '/' ~ connector) ~ ": expected any of "
        ~ vendor_tables(connector) | join(', ') ~ ". Export it there, or take it out of the var 'connectors'; docs/connectors/"
        ~ connector ~ ".md says what to export."
    ) }}
{%- endmacro %}
