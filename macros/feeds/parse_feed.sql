{# One feed as a typed relation: one row per row of its files and of what connectors bring, none dropped.

   The columns, their types and what is required of them are declared once, in
   models/staging/feeds/_feeds__sources.yml. A row that cannot be used carries the column, the masked
   value and the reason in rejected_*; models downstream take the others. A missing feed or optional
   column gives NULLs. A missing required column stops the build. Of a row of somebody who was forgotten only
   file and place land. #}
{% macro parse_feed(feed) -%}
    {% do ref('email_providers') %}  {# read only when somebody was forgotten; dbt wants to know before #}
    {% do refer_to_connectors(feed) %}
    {% if not execute %}{{ return('select 1 as feed_row') }}{% endif %}
    {% do validated_connectors() %}
    {% set columns = feed_columns(feed) %}
    {% set delivery = feed_delivery(feed) %}
    {% if not delivery.files and not connectors_of(feed) %}{{ return(absent_feed(feed, columns, delivery)) }}{% endif %}
    {% for file in delivery.files %}{% do require_feed_columns(feed, columns, file) %}{% endfor %}
    {% set extras = extra_columns(columns, delivery, connector_attributes(feed)) %}
    {% set names = columns | map(attribute='name') | list + extras %}
    {% set zone = feeds_time_zone() %}
    {% set forgettable = forgettable_columns(feed) %}

with

source as (

    {{ feed_rows(feed, delivery, names) }}

),

{% if forgettable -%}
{{ remembered_rows(feed, forgettable, names) }}

{% endif -%}
parsed as (

    select
        *,
        {% for column in columns -%}
        {{ parsed_value(column, zone, connectors_of(feed) | length > 0) }} as {{ column.name }}{{ ',' if not loop.last }}
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
    source_rank,
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

{# The rows of files and connectors, each value as text in raw_<name>. Plain feeds are believed first. #}
{% macro feed_rows(feed, delivery, names) -%}
    {% set queries = [] %}
    {% for file in delivery.files %}{% do queries.append(plain_rows(feed_file_rows(file, names))) %}{% endfor %}
    {{ (queries + connector_rows(feed, names)) | join('\n    union all\n') }}
{%- endmacro %}

{% macro plain_rows(query) -%}
    select
        *,
        0 as source_rank,
        cast(null as string) as set_aside_column,
        cast(null as string) as set_aside_reason
    from ({{ query }}) as delivered
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
    0 as source_rank,
    {% for column in columns -%}
    cast(null as {{ column.type }}) as {{ column.name }},
    {% endfor -%}
    cast(null as string) as rejected_column,
    cast(null as string) as rejected_value,
    cast(null as string) as rejected_reason
where false
{%- endmacro %}
