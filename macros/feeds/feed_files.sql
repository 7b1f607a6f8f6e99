{# Where a feed lies: TESSERA_DATA/<feed>.parquet|.csv|.csv.gz, or a folder <feed>/ of such files. #}

{% macro feeds_folder() -%}
    {{ return(env_var('TESSERA_DATA', 'seeds/demo_shop').rstrip('/')) }}
{%- endmacro %}

{# The files of a feed as {'format': 'parquet' | 'csv' | none, 'files': [...]}; none when it is absent. #}
{% macro feed_files(feed) -%}
    {% set base = feeds_folder() ~ '/' ~ feed %}
    {% set found = [] %}
    {% set kinds = [] %}
    {% for ending in ['.parquet', '.csv', '.csv.gz', '/*.parquet', '/*.csv', '/*.csv.gz'] %}
        {% set files = files_matching(base ~ ending) %}
        {% if files %}{% do kinds.append(files[0]) %}{% endif %}
        {% do found.extend(files) %}
    {% endfor %}
    {% if kinds | length > 1 %}
        {{ exceptions.raise_compiler_error(
            "feed '" ~ feed ~ "' exists more than once: " ~ kinds | join(' and ') ~ ". Keep one of them, so that "
            ~ "no row is read twice."
        ) }}
    {% endif %}
    {% set format = none if not found else ('parquet' if found[0].endswith('.parquet') else 'csv') %}
    {{ return({'format': format, 'files': found}) }}
{%- endmacro %}

{# Text inside a quoted SQL literal. #}
{% macro sql_literal_text(text) -%}{{ return(text | string | replace("'", "''")) }}{%- endmacro %}
