{# The orders as delivered, without what a tracker told under nothing but a browser's name of an order that a source
   believed more tells of, too: that one says who bought, and a customer made of the browser would have bought nothing.
   What names a person stays, and so does what only the tracker tells. #}
{% macro orders_of_buyers() -%}
    {% if not connectors_of('orders') %}{{ return(ref('base_feeds__orders')) }}{% endif %}
(
    select * exclude (first_rank)
    from (
        select
            *,
            min(case when {{ counts_as_told() }} then source_rank end) over (partition by order_id) as first_rank
        from {{ ref('base_feeds__orders') }}
    ) as ranked
    where
        coalesce(source_rank <= first_rank, true)
        or coalesce({{ strong_reference_columns() | join(', ') }}) is not null
)
{%- endmacro %}

{# A replay does not know orders that came after its day. #}
{% macro counts_as_told() -%}
    rejected_reason is null
    {%- if validated_as_of() %} and {{ known_at('ordered_at', 'recorded_at') }} < {{ validated_as_of() }}{% endif %}
{%- endmacro %}
