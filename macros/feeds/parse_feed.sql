{# One feed as a typed relation: one row per row of its files, none dropped.

   The columns, their types and what is required of them are declared once, in
   models/staging/feeds/_feeds__sources.yml. A row that cannot be used carries the column, the masked
   value and the reason in rejected_*; models downstream take the others. A missing feed or optional
   column gives NULLs. A missing required column stops the build. #}
{% macro parse_feed(feed) -%}
    {% if not execute %}{{ return('select 1 as feed_row') }}{% endif %}
    {% set columns = feed_columns(feed) %}
    {% set location = feed_files(feed) %}
    {% if location.format is none %}{{ return(absent_feed(feed, columns)) }}{% endif %}
    {% set present = feed_column_names(location) %}
    {% do require_feed_columns(feed, columns, present, location) %}

with

source as (

    {{ feed_rows(location) }}

),

parsed as (

    select
        feed_file,
        feed_row,
        {% for column in columns -%}
        {{ raw_value(column, present) }} as raw_{{ column.name }},
        {{ parsed_value(column, present) }} as {{ column.name }},
        {% endfor -%}
        {% for name in extra_columns(columns, present) -%}
        {{ raw_value({'name': name}, present) }} as {{ name }},
        {% endfor -%}
        {{ has_reference(columns, present) }} as has_customer_reference
    from source

),

judged as (

    select
        *,
        {{ first_rejection(columns, present) }} as rejected_column
    from parsed

)

select
    feed_file,
    cast(feed_row as bigint) as feed_row,
    {% for column in columns -%}
    {{ column.name }},
    {% endfor -%}
    {% for name in extra_columns(columns, present) -%}
    {{ name }},
    {% endfor -%}
    rejected_column,
    {{ rejection_value(columns) }} as rejected_value,
    {{ rejection_reason(columns) }} as rejected_reason
from judged
{%- endmacro %}

{# An absent feed is an empty one. #}
{% macro absent_feed(feed, columns) -%}
    {% if feed == 'orders' %}
        {{ exceptions.raise_compiler_error(
            "feed 'orders' is required and was not found in '" ~ feeds_folder() ~ "': expected orders.parquet, "
            ~ "orders.csv or a folder orders/. Set TESSERA_DATA to the folder that holds your feeds."
        ) }}
    {% endif %}
select
    cast(null as string) as feed_file,
    cast(null as bigint) as feed_row,
    {% for column in columns -%}
    cast(null as {{ column.type }}) as {{ column.name }},
    {% endfor -%}
    cast(null as string) as rejected_column,
    cast(null as string) as rejected_value,
    cast(null as string) as rejected_reason
where false
{%- endmacro %}
