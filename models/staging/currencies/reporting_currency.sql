{% set declared = validated_reporting_currency() %}
with

orders as (

    select * from {{ ref('base_feeds__order_rows') }}

),

known_orders as (

    select
        upper(currency) as currency,
        order_id
    from orders
    where
        rejected_reason is null
        and currency is not null
        {% if validated_as_of() -%}
        and {{ is_known_before(known_at('ordered_at', 'recorded_at'), validated_as_of()) }}
        {% endif %}
),

orders_of_currency as (

    select
        currency,
        count(distinct order_id) as orders
    from known_orders
    group by currency

),

ranked as (

    select
        currency,
        row_number() over (order by orders desc nulls last, currency asc nulls last) as currency_rank
    from orders_of_currency

),

reporting_currency as (

    -- one row, whether or not any order says its currency
    select coalesce({{ "'" ~ declared ~ "'" if declared else 'null' }}, max(currency)) as currency
    from ranked
    where currency_rank = 1

)

select * from reporting_currency
