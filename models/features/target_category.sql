{% set declared = validated_target_category() -%}
with

oldest as (

    select min(snapshot_at) as snapshot_at from {{ ref('snapshot_dates') }}

),

order_lines as (

    select * from {{ ref('order_line_versions') }}
    where
        customer_id is not null
        and category is not null
        and is_purchase
        and not is_return

),

bought_by_then as (

    select
        order_lines.category,
        count(distinct order_lines.customer_id) as customers

    from order_lines

    inner join oldest
        on {{ is_current_at_snapshot(
            'order_lines.known_at', 'order_lines.superseded_at', 'oldest.snapshot_at'
        ) }}

    group by order_lines.category

),

ranked as (

    select
        category,
        row_number() over (order by customers desc nulls last, category asc nulls last) as place
    from bought_by_then

),

target_category as (

    select
        {% if declared -%}
        coalesce('{{ sql_literal_text(declared) }}', max(category)) as category,
        true as is_declared
        {% else -%}
        max(category) as category,
        false as is_declared
        {% endif -%}
    from ranked
    where place = 1

)

select * from target_category
