{# Where the rows of a feed are counted: see models/staging/feeds/feed_accounting.sql. #}

{# Rows that lie in the files, misshapen lines included: counted in the bytes, not in what was read. #}
{% macro delivered_rows(feed) -%}
    {{ return((feed_delivery(feed).files | sum(attribute='rows')) if execute else 0) }}
{%- endmacro %}

{# A query: how many usable rows share their key with a newer delivery. #}
{% macro replaced_rows(feed) -%}
    {%- set key = feed_key(feed) -%}
    {%- if not key -%}
    select cast(0 as bigint)
    {%- else -%}
    select cast(coalesce(sum(deliveries - 1), 0) as bigint) from (
        select count(*) as deliveries
        from {{ ref('base_feeds__' ~ feed) }}
        where rejected_reason is null
        group by {{ key | join(', ') }}
    ) as facts
    {%- endif -%}
{%- endmacro %}
