{% set declared = validated_reporting_currency() %}
with

orders as (

    select * from {{ ref('base_feeds__order_rows') }}

),

test_order_patterns as (

    select * from {{ ref('test_orders') }}

),

known_orders as (

    -- a test order, or what is no code, does not say what a shop reckons in
    select
        upper(currency) as currency,
        order_id
    from orders
    where
        rejected_reason is null
        and {{ is_currency_code('currency') }}
        and not exists (
            select 1 from test_order_patterns
            where {{ fits_test_pattern('orders', 'test_order_patterns') }}
        )
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
