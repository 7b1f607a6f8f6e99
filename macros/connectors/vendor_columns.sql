{# The tables of a vendor as models/staging/<connector>/_<connector>__sources.yml declares them. #}

{% macro vendor_source(connector, table) -%}
    {% set source = graph.sources.get('source.' ~ project_name ~ '.' ~ connector ~ '.' ~ table) %}
    {% if not source %}
        {{ exceptions.raise_compiler_error(
            "connector '" ~ connector ~ "' reads a table '" ~ table ~ "' that models/staging/" ~ connector ~ "/_"
            ~ connector ~ "__sources.yml does not declare. Add it there."
        ) }}
    {% endif %}
    {{ return(source) }}
{%- endmacro %}

{# The tables that a connector reads, in the order of the alphabet. #}
{% macro vendor_tables(connector) -%}
    {% set tables = [] %}
    {% for source in graph.sources.values() if source.source_name == connector %}{% do tables.append(source.name) %}{% endfor %}
    {{ return(tables | sort) }}
{%- endmacro %}

{# What a table may be called: as declared, in the singular or plural that it declares as an alias, with the
   vendor's name before it, and as sample data call it. A star stands for the day of a table that is kept by days. #}
{% macro vendor_table_names(connector, table) -%}
    {% set source = vendor_source(connector, table) %}
    {% set names = [] %}
    {% for name in [table] + vendor_meta(source).get('aliases', []) %}
        {% do names.extend([name, name ~ '_data', connector ~ '_' ~ name, connector ~ '_' ~ name ~ '_data']) %}
    {% endfor %}
    {{ return(names | unique | list) }}
{%- endmacro %}

{% macro vendor_meta(node) -%}
    {{ return(node.get('config', {}).get('meta') or node.get('meta') or {}) }}
{%- endmacro %}

{# Each column with the names that mean it, its own first; those listed in the var connector_fields behind. #}
{% macro vendor_columns(connector, table) -%}
    {% set columns = [] %}
    {% for column in vendor_source(connector, table).columns.values() %}
        {% set meta = vendor_meta(column) %}
        {% do columns.append({
            'name': column.name, 'names': [column.name] + meta.get('aliases', []),
            'is_required': meta.get('required', false), 'is_listed': false,
        }) %}
    {% endfor %}
    {% set known = columns | map(attribute='names') | sum(start=[]) %}
    {% for path in connector_fields(connector, table).values() %}
        {% set name = listed_column(path) %}
        {% if name not in known and name not in columns | map(attribute='name') %}
            {% do columns.append({'name': name, 'names': [name], 'is_required': false, 'is_listed': true}) %}
        {% endif %}
    {% endfor %}
    {{ return(columns) }}
{%- endmacro %}

{# The same for macros that know a column by one name: once for each name that means it. #}
{% macro columns_by_each_name(columns) -%}
    {% set named = [] %}
    {% for column in columns %}
        {% for name in column.names %}
            {% do named.append({'name': name, 'is_required': column.is_required and name == column.name}) %}
        {% endfor %}
    {% endfor %}
    {{ return(named) }}
{%- endmacro %}
