{% set as_of = '(select as_of from run_context)' %}
with

run_context as (

    select * from {{ ref('run_context') }}

),

orders as (

    select * from {{ ref('order_economics') }}
    where {{ is_known_before('known_at', as_of) }} and {{ is_in_window('ordered_at', as_of, 365) }}

),

serving_costs as (

    select * from {{ ref('serving_costs') }}
    where {{ is_known_before('known_at', as_of) }} and {{ is_in_window('incurred_at', as_of, 365) }}

),

ordered as (

    select
        customer_id,
        count(*) filter (where is_purchase) as orders,
        sum(revenue) as revenue,
        sum(discount_amount) as discounts,
        sum(returned_amount) as returned,
        sum(shipping_amount) as shipping,
        count(goods_amount) filter (where is_purchase) as orders_with_cost,
        sum(goods_amount) as cost_of_goods,
        sum(margin) as margin
    from orders
    group by customer_id

),

served as (

    select
        customer_id,
        sum(amount) as cost_to_serve
    from serving_costs
    group by customer_id

),

customer_economics as (

    -- costs of browsers that nobody was signed in on are costs, too: the row without a customer
    select
        coalesce(ordered.customer_id, served.customer_id) as customer_id,
        ordered.orders,
        ordered.revenue,
        ordered.discounts,
        ordered.returned,
        ordered.shipping,
        ordered.orders_with_cost,
        ordered.cost_of_goods,
        ordered.margin,
        served.cost_to_serve

    from ordered

    full outer join served
        on ordered.customer_id = served.customer_id

)

select * from customer_economics
