{# Where a feed lies: TESSERA_DATA/<feed>.parquet|.csv|.csv.gz, or a folder <feed>/ of such files. #}

{% macro feeds_folder() -%}
    {{ return(env_var('TESSERA_DATA', 'seeds/demo_shop').rstrip('/')) }}
{%- endmacro %}

{# The files of a feed as {'format': 'parquet' | 'csv' | none, 'files': [...]}; none when it is absent. #}
{% macro feed_files(feed) -%}
    {% set base = feeds_folder() ~ '/' ~ feed %}
    {% set found = [] %}
    {% for ending in ['.parquet', '.csv', '.csv.gz', '/*.parquet', '/*.csv', '/*.csv.gz'] %}
        {% do found.extend(files_matching(base ~ ending)) %}
    {% endfor %}
    {% set parquet = [] %}
    {% set csv = [] %}
    {% for file in found %}
        {% do (parquet if file.endswith('.parquet') else csv).append(file) %}
    {% endfor %}
    {% if parquet and csv %}
        {{ exceptions.raise_compiler_error(
            "feed '" ~ feed ~ "' exists twice, as Parquet (" ~ parquet[0] ~ ") and as CSV (" ~ csv[0]
            ~ "): keep one of them"
        ) }}
    {% endif %}
    {{ return({'format': 'parquet' if parquet else ('csv' if csv else none), 'files': found}) }}
{%- endmacro %}

{# Text inside a quoted SQL literal. #}
{% macro sql_literal_text(text) -%}{{ return(text | string | replace("'", "''")) }}{%- endmacro %}
