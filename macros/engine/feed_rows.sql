{# Reading files is each engine's own business. These are DuckDB's ways; the function tessera_feed is the
   plugin tessera.feeds.plugin, named in profiles.yml. #}

{# What the files of a feed are and how each is to be read, as JSON: see tessera.feeds.delivery. #}
{% macro described_feed(folder, feed, names) -%}
    {{ return(run_query(
        "select tessera_feed('" ~ sql_literal_text(folder) ~ "', '" ~ sql_literal_text(feed) ~ "', "
        ~ text_list(names) ~ ")"
    ).columns[0].values()[0]) }}
{%- endmacro %}

{# The same of a vendor's table, which may go by several names. #}
{% macro described_table(folder, table_names, names) -%}
    {{ return(run_query(
        "select tessera_table('" ~ sql_literal_text(folder) ~ "', " ~ text_list(table_names) ~ ", "
        ~ text_list(names) ~ ")"
    ).columns[0].values()[0]) }}
{%- endmacro %}

{% macro text_list(names) -%}
    {% set texts = [] %}
    {% for name in names %}{% do texts.append("'" ~ sql_literal_text(name) ~ "'") %}{% endfor %}
    {{ return('[' ~ texts | join(', ') ~ ']') }}
{%- endmacro %}

{# Whether a folder is there and holds anything. In a pattern, [*] is a star. #}
{% macro has_files(folder) -%}
    {% set pattern = folder | replace('[', '[[]') | replace('*', '[*]') | replace('?', '[?]') %}
    {{ return(run_query(
        "select count(*) > 0 from glob('" ~ sql_literal_text(pattern) ~ "/**')"
    ).columns[0].values()[0]) }}
{%- endmacro %}

{# The rows of one file, each value as text in raw_<name>, blank ones and absent columns NULL; feed_row counts
   from 1 within the file, the header not counted. #}
{% macro feed_file_rows(file, names) -%}
    select
        {% for name in names -%}
        {{ raw_value(file, name) }} as "raw_{{ name }}",
        {% endfor -%}
        {{ 'true' if file.delimiter == ';' else 'false' }} as has_decimal_comma,
        '{{ sql_literal_text(file.file) }}' as feed_file,
        {% if file.reader == 'mended' -%}
        feed_row,
        misshapen_reason,
        misshapen_line
        {% elif file.reader == 'relation' -%}
        {{ file.numbering }} as feed_row,
        cast(null as string) as misshapen_reason,
        cast(null as string) as misshapen_line
        {% elif file.reader == 'json' -%}
        row_number() over () as feed_row,
        case when json_type(json) is distinct from 'OBJECT' then 'is no JSON object' end as misshapen_reason,
        cast(null as string) as misshapen_line
        {% else -%}
        {{ 'file_row_number + 1' if file.reader == 'parquet' else 'row_number() over ()' }} as feed_row,
        cast(null as string) as misshapen_reason,
        cast(null as string) as misshapen_line
        {% endif -%}
    from {{ file_reader(file) }}
{%- endmacro %}

{% macro raw_value(file, name) -%}
    {%- if name in file.columns and file.reader == 'json' -%}
        {{ trimmed_text('texts[' ~ ((file.columns.keys() | list).index(name) + 1) ~ ']') }}
    {%- elif name in file.nested -%}
        cast(to_json("{{ file.columns[name] | replace('"', '""') }}") as string)
    {%- elif name in file.columns -%}
        {{ trimmed_text('"' ~ file.columns[name] | replace('"', '""') ~ '"') }}
    {%- else -%}
        cast(null as string)
    {%- endif -%}
{%- endmacro %}

{# A CSV file that is read as it lies has been found plain before: nothing about it is left to guess. #}
{% macro file_reader(file) -%}
    {%- set path = "'" ~ sql_literal_text(file.path) ~ "'" -%}
    {%- if file.reader == 'mended' -%}
    read_parquet({{ path }})
    {%- elif file.reader == 'relation' -%}
    {{ file.path }}
    {%- elif file.reader == 'json' -%}
    {{ json_objects(file, path) }}
    {%- elif file.reader == 'parquet' -%}
    read_parquet({{ path }}, file_row_number = true, binary_as_string = true)
    {%- else -%}
    {%- set columns = [] -%}
    {%- for place in range(file.width) %}{% do columns.append("'c" ~ place ~ "': 'varchar'") %}{% endfor -%}
    read_csv(
        {{ path }}, columns = {{ '{' ~ columns | join(', ') ~ '}' }}, auto_detect = false, header = true,
        delim = '{{ file.delimiter }}', quote = '"', escape = '"', comment = '', skip = 0,
        compression = '{{ 'gzip' if file.is_gzipped else 'none' }}', max_line_size = 4194304
    )
    {%- endif -%}
{%- endmacro %}

{# Each object once looked through, for all of its keys. #}
{% macro json_objects(file, path) -%}
    {%- set paths = [] -%}
    {%- for key in file.columns.values() -%}{%- do paths.append('$."' ~ key ~ '"') -%}{%- endfor -%}
    (
        select
            json,
            json_extract_string(json, {{ text_list(paths) }}) as texts
        from read_json_objects(
            {{ path }}, format = '{{ file.layout }}', compression = '{{ 'gzip' if file.is_gzipped else 'uncompressed' }}'
            {{- ', ignore_errors = true' if file.layout == 'newline_delimited' }}
        )
    ) as objects
{%- endmacro %}
