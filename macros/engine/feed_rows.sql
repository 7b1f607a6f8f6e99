{# Reading files is each engine's own business. These are DuckDB's ways. #}

{# Files whose path fits a pattern, in order. #}
{% macro files_matching(pattern) -%}
    {{ return(run_query(
        "select file from glob('" ~ sql_literal_text(pattern) ~ "') order by file"
    ).columns[0].values() | list) }}
{%- endmacro %}

{# A SELECT over the files as they are, plus feed_file and feed_row (counted from 1, header not counted). #}
{% macro feed_rows(location) -%}
    {% set files = [] %}
    {% for file in location.files %}{% do files.append("'" ~ sql_literal_text(file) ~ "'") %}{% endfor %}
    {% if location.format == 'parquet' %}
    select
        * exclude (tessera_feed_file, file_row_number),
        tessera_feed_file as feed_file,
        file_row_number + 1 as feed_row
    from read_parquet(
        [{{ files | join(', ') }}], union_by_name = true, filename = 'tessera_feed_file', file_row_number = true
    )
    {% else %}
    select
        * exclude (tessera_feed_file),
        tessera_feed_file as feed_file,
        row_number() over () as feed_row
    from read_csv(
        [{{ files | join(', ') }}],
        union_by_name = true, filename = 'tessera_feed_file', all_varchar = true, header = true,
        -- nothing is guessed away: a row that begins with # is a row, a quote is a quote
        comment = '', skip = 0, quote = '"', escape = '"'
    )
    {% endif %}
{%- endmacro %}
