{# Where a feed lies: TESSERA_DATA/<feed>.parquet|.csv|.csv.gz, or a folder <feed>/ of such files. #}

{% macro feeds_folder() -%}
    {{ return(env_var('TESSERA_DATA', 'seeds/demo_shop').rstrip('/')) }}
{%- endmacro %}

{# The files of a feed, each with its reader, its columns and its number of rows; no files when it is absent. #}
{% macro feed_delivery(feed) -%}
    {% set names = feed_columns(feed) | map(attribute='name') | list %}
    {% set delivery = fromjson(described_feed(feeds_folder(), feed, names)) %}
    {% if delivery.problem %}{{ exceptions.raise_compiler_error(delivery.problem) }}{% endif %}
    {{ return(delivery) }}
{%- endmacro %}

{# Text inside a quoted SQL literal. #}
{% macro sql_literal_text(text) -%}{{ return(text | string | replace("'", "''")) }}{%- endmacro %}
