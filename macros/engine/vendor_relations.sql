{# Looking for a vendor's tables in a schema of the warehouse is each engine's own business. #}

{# The relations of a schema that hold a table, told as files are; `schema` may name the database before a point. A
   star in a name stands for any letters. #}
{% macro vendor_relations(schema, table_names, names) -%}
    {% set parts = (schema | string).split('.') %}
    {% set patterns = [] %}
    {% for name in table_names %}{% do patterns.append("lower(table_name) glob '" ~ sql_literal_text(name) ~ "'") %}{% endfor %}
    {% set found = run_query(
        "select columns.table_name, column_name, data_type like 'STRUCT%' or data_type like '%]' or data_type like 'MAP%' "
        ~ ", exists(select 1 from duckdb_tables() as stored inner join duckdb_databases() as databases "
        ~ "on stored.database_name = databases.database_name and databases.type = 'duckdb' "
        ~ "where stored.table_oid = columns.table_oid and stored.database_name = columns.database_name) "
        ~ "from duckdb_columns() as columns where database_name = "
        ~ ("'" ~ sql_literal_text(parts[0]) ~ "'" if parts | length > 1 else 'current_database()')
        ~ " and lower(schema_name) = lower('" ~ sql_literal_text(parts[-1]) ~ "') and (" ~ patterns | join(' or ')
        ~ ") order by table_name, column_index"
    ).rows %}
    {% set relations = [] %}
    {% for table, columns in found | groupby(0) %}
        {% set nested = columns | selectattr(2) | map(attribute=1) | list %}
        {% do relations.append(
            vendor_relation(parts, table, columns | map(attribute=1) | list, nested, names, columns[0][3])
        ) %}
    {% endfor %}
    {{ return(relations) }}
{%- endmacro %}

{# Rows keep their number however often they are read: those of a stored table have one; those of a view, which may
   come in another order each time, are numbered by what they say. #}
{% macro vendor_relation(parts, table, columns, nested, names, is_stored) -%}
    {% set places = fromjson(run_query(
        "select tessera_columns('" ~ sql_literal_text(parts | join('.') ~ '.' ~ table) ~ "', " ~ text_list(columns) ~ ", "
        ~ text_list(names) ~ ")"
    ).columns[0].values()[0]) %}
    {% if places.problem %}{{ exceptions.raise_compiler_error(places.problem) }}{% endif %}
    {% set inside = [] %}
    {% for name, column in places.columns.items() if column in nested %}{% do inside.append(name) %}{% endfor %}
    {{ return({
        'file': parts | join('.') ~ '.' ~ table, 'reader': 'relation', 'columns': places.columns, 'nested': inside,
        'path': quoted_path(parts + [table]) ~ ' as relation_row', 'rows': none, 'delimiter': '',
        'numbering': 'rowid + 1' if is_stored else 'row_number() over (order by md5(cast(relation_row as string)))',
    }) }}
{%- endmacro %}

{% macro quoted_path(parts) -%}
    {% set quoted = [] %}
    {% for part in parts %}{% do quoted.append('"' ~ part | replace('"', '""') ~ '"') %}{% endfor %}
    {{ return(quoted | join('.')) }}
{%- endmacro %}
