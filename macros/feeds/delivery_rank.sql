{# 1 for the newest delivery of a fact: a source that sends a key again has restated it. Of several sources the one
   believed most counts, whenever the others restate. A replay does not know restatements that came after its day;
   `known_at` says when a delivery came. #}
{% macro delivery_rank(key, known_at='recorded_at') -%}
    row_number() over (
        partition by {{ key | join(', ') }}
        order by
            {% if validated_as_of() -%}
            case when {{ known_at }} >= {{ validated_as_of() }} then 1 else 0 end asc nulls last,
            {% endif -%}
            source_rank asc nulls last,
            recorded_at desc nulls last,
            feed_file desc nulls last,
            feed_row desc nulls last
    )
{%- endmacro %}

{# 1 for the first delivery of a fact that never changes, such as a click: a later one tells nothing new, and
   must not make it look as if it had been known later. Needs a column known_at. #}
{% macro first_delivery_rank(key) -%}
    row_number() over (
        partition by {{ key | join(', ') }}
        order by known_at asc nulls last, feed_file asc nulls last, feed_row asc nulls last
    )
{%- endmacro %}
