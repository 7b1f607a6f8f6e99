{# 1 for the newest delivery of a fact: a source that sends a key again has restated it. #}
{% macro delivery_rank(key) -%}
    row_number() over (
        partition by {{ key | join(', ') }}
        order by recorded_at desc nulls last, feed_file desc nulls last, feed_row desc nulls last
    )
{%- endmacro %}
