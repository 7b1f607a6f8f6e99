{# Orders of which a source tells only what it says itself does not count: a CTE from `orders` of base_feeds__orders. What a
   shop calls a test, or has deleted, is no order for a tracker that saw it either. #}
{% macro orders_taken_back() -%}
taken_back as (

    select
        order_id,
        source_rank,
        min(rejected_reason) as reason
    from orders
    group by order_id, source_rank
    having bool_and(coalesce(source_rank > 0 and {{ is_taken_back_by_vendor('orders') }}, false))

),

first_taken_back as (

    select
        order_id,
        min(source_rank) as source_rank,
        min(reason) as reason
    from taken_back
    group by order_id

)
{%- endmacro %}
