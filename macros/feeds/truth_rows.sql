{# What is known of who is who beside the feeds, as in a simulated shop: TESSERA_DATA/truth/<name>, delivered as a
   feed is. Every value is text. Only models that measure may read it; nothing is decided by it. #}
{% macro truth_rows(name, required, optional=[]) -%}
    {% if not execute %}{{ return('select 1 as feed_row') }}{% endif %}
    {% set folder = feeds_folder() ~ '/truth' %}
    {% set names = required + optional %}
    {% set delivery = fromjson(described_feed(folder, name, names)) if has_files(folder) else {'files': []} %}
    {% if delivery.problem %}{{ exceptions.raise_compiler_error(delivery.problem) }}{% endif %}
    {% for file in delivery.files %}
        {% for column in required if column not in file.columns %}
            {{ exceptions.raise_compiler_error(
                "truth '" ~ name ~ "' (" ~ file.file ~ "): required column '" ~ column ~ "' is missing. It needs: "
                ~ required | join(', ') ~ ". Add the column, or take the file away: a build needs no truth."
            ) }}
        {% endfor %}
    {% endfor %}
    {% for file in delivery.files -%}
    {{ feed_file_rows(file, names) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
    {%- if not delivery.files -%}
    select
        {% for column in names -%}
        cast(null as string) as raw_{{ column }}{{ ',' if not loop.last }}
        {% endfor %}
    where false
    {%- endif %}
{%- endmacro %}
