{# Reading the file of tombstones is each engine's own business, as reading feeds is. #}

{# The type of every tombstone that there is; none without the file. #}
{% macro tombstone_types(file) -%}
    {% if not run_query("select file from glob('" ~ literal_pattern(file) ~ "')").rows %}{{ return(none) }}{% endif %}
    {{ return(run_query(
        'select distinct identifier_type from (' ~ tombstone_rows(file) ~ ') as tombstones order by identifier_type'
    ).columns[0].values() | list) }}
{%- endmacro %}

{% macro tombstone_rows(file) -%}
    select identifier_type, identifier_id
    from read_csv(
        '{{ literal_pattern(file) }}', header = true, delim = ',', quote = '"', auto_detect = false,
        columns = {'identifier_type': 'varchar', 'identifier_id': 'varchar', 'forgotten_on': 'varchar'}
    )
{%- endmacro %}

{# To DuckDB every path is a pattern: this one fits the file alone, whatever its folders are called. #}
{% macro literal_pattern(file) -%}
    {{ return(modules.re.sub('[\\[*?]', '[\\g<0>]', sql_literal_text(file))) }}
{%- endmacro %}
