{# Where the rows of a feed are counted: see models/staging/feeds/feed_accounting.sql. #}

{# Rows that lie in the files, misshapen lines included: counted in the bytes, not in what was read; and those that
   connectors brought, which nobody can count without making them. #}
{% macro delivered_rows(feed) -%}
    {% set parts = [(feed_delivery(feed).files | sum(attribute='rows')) if execute else 0] %}
    {% if connectors_of(feed) %}
        {% do parts.append('(select count(*) from ' ~ ref('base_feeds__' ~ feed) ~ ' where source_rank > 0)') %}
    {% endif %}
    {{ return(parts | join(' + ')) }}
{%- endmacro %}

{# A query: how many usable rows share their key with another delivery that stays, or are lines of an order
   that a source believed more tells of. #}
{% macro replaced_rows(feed) -%}
    {%- if feed == 'order_lines' and connectors_of(feed) -%}
    select ({{ surplus_rows(feed, feed_key(feed)) }}) + ({{ displaced_lines() }})
    {%- else -%}
    {{ surplus_rows(feed, feed_key(feed)) }}
    {%- endif -%}
{%- endmacro %}

{# A query: those of them that were also recorded at the same time. A restatement is recorded anew; a feed that was
   delivered twice is not. #}
{% macro repeated_rows(feed) -%}
    {{ surplus_rows(feed, feed_key(feed) and feed_key(feed) + ['recorded_at']) }}
{%- endmacro %}

{% macro surplus_rows(feed, key) -%}
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
