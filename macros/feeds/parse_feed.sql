{# One feed as a typed relation: one row per row of its files, none dropped.

   The columns, their types and what is required of them are declared once, in
   models/staging/feeds/_feeds__sources.yml. A row that cannot be used carries the column, the masked
   value and the reason in rejected_*; models downstream take the others. A missing feed or optional
   column gives NULLs. A missing required column stops the build. Of a row of somebody who was forgotten only
   file and place land. #}
{% macro parse_feed(feed) -%}
    {% do ref('email_providers') %}  {# read only when somebody was forgotten; dbt wants to know before #}
    {% if not execute %}{{ return('select 1 as feed_row') }}{% endif %}
    {% set columns = feed_columns(feed) %}
    {% set delivery = feed_delivery(feed) %}
    {% if not delivery.files %}{{ return(absent_feed(feed, columns, delivery)) }}{% endif %}
    {% for file in delivery.files %}{% do require_feed_columns(feed, columns, file) %}{% endfor %}
    {% set extras = extra_columns(columns, delivery) %}
    {% set names = columns | map(attribute='name') | list + extras %}
    {% set zone = feeds_time_zone() %}
    {% set forgettable = forgettable_columns(feed) %}

with

source as (

    {% for file in delivery.files -%}
    {{ feed_file_rows(file, names) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

{% if forgettable -%}
{{ remembered_rows(feed, forgettable, names) }}

{% endif -%}
parsed as (

    select
        *,
        {% for column in columns -%}
        {{ parsed_value(column, zone) }} as {{ column.name }}{{ ',' if not loop.last }}
        {% endfor -%}
    from {{ 'remembered' if forgettable else 'source' }}

),

judged as (

    select
        *,
        {{ first_rejection(columns, forgettable) }} as rejected_column
    from parsed

)

select
    feed_file,
    cast(feed_row as bigint) as feed_row,
    {% for column in columns -%}
    {{ column.name }},
    {% endfor -%}
    {% for name in extras -%}
    raw_{{ name }} as {{ name }},
    {% endfor -%}
    rejected_column,
    {{ rejection_value(columns) }} as rejected_value,
    {{ rejection_reason(columns, zone, forgettable) }} as rejected_reason
from judged
{%- endmacro %}

{# An absent feed is an empty one. #}
{% macro absent_feed(feed, columns, delivery) -%}
    {% if feed == 'orders' and delivery.blank %}
        {{ exceptions.raise_compiler_error(
            "feed 'orders' (" ~ delivery.blank | join(', ') ~ "): the file is empty. A shop without orders needs a "
            ~ "header row at least; if there should be orders, deliver the file again."
        ) }}
    {% elif feed == 'orders' %}
        {{ exceptions.raise_compiler_error(
            "feed 'orders' is required and was not found in '" ~ feeds_folder() ~ "': expected orders.parquet, "
            ~ "orders.csv or a folder orders/. Give the folder that holds your feeds (--data, or TESSERA_DATA)."
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
