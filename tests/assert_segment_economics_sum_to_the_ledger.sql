-- To the cent: what the segments sold, gave back and cost is what orders, costs and tickets say.
{% set minute_cost = ticket_minute_cost() or 0 %}
{% set as_of = '(select as_of from ' ~ ref('run_context') ~ ')' %}
with

orders as (

    select
        count(*) filter (where is_purchase) as orders,
        sum(amount) filter (where is_purchase) as revenue,
        sum(discount_amount) filter (where is_purchase) as discounts,
        sum(amount) filter (where is_purchase and status = 'returned') as returned_orders,
        -sum(amount) filter (where is_refund and status != 'cancelled') as refunds,
        sum(shipping_amount) filter (where status != 'cancelled') as shipping,
        count(cost_amount) filter (where is_purchase) as orders_with_cost,
        sum(cost_amount) filter (where status = 'completed') as cost_of_goods
    from {{ ref('orders') }}
    where {{ is_in_window('ordered_at', as_of, 365) }} and {{ is_known_before('known_at', as_of) }}

),

lines as (

    -- which of the lines that came back an order's amount still holds is a rule with a unit test of its own
    select sum(order_economics.returned_amount) as returned_lines
    from {{ ref('order_economics') }} as order_economics

    inner join {{ ref('orders') }} as orders
        on order_economics.order_id = orders.order_id

    where
        orders.is_purchase
        and orders.status = 'completed'
        and {{ is_in_window('orders.ordered_at', as_of, 365) }}
        and {{ is_known_before('orders.known_at', as_of) }}

),

costs as (

    select sum(amount) as amount
    from {{ ref('costs') }}
    where {{ is_in_window('incurred_at', as_of, 365) }} and {{ is_known_before('known_at', as_of) }}

),

tickets as (

    select sum(round(cast(handling_minutes as decimal(18, 4)) * {{ minute_cost }}, 2)) as amount
    from {{ ref('tickets') }}
    where {{ is_in_window('created_at', as_of, 365) }} and {{ is_known_before('outcome_known_at', as_of) }}

),

ledger as (

    select
        orders.orders,
        orders.revenue,
        orders.discounts,
        coalesce(orders.returned_orders, 0) + coalesce(orders.refunds, 0) + coalesce(lines.returned_lines, 0)
            as returns,
        orders.shipping,
        orders.orders_with_cost,
        orders.cost_of_goods,
        coalesce(costs.amount, 0) + coalesce(tickets.amount, 0) as cost_to_serve

    from orders

    cross join lines

    cross join costs

    cross join tickets

),

segments as (

    select
        sum(orders) as orders,
        sum(revenue) as revenue,
        sum(discounts) as discounts,
        sum(returns) as returns,
        sum(shipping) as shipping,
        sum(orders_with_cost) as orders_with_cost,
        sum(cost_of_goods) as cost_of_goods,
        sum(cost_to_serve) as cost_to_serve
    from {{ ref('segment_economics') }}

)

{% for measure in [
    'orders', 'revenue', 'discounts', 'returns', 'shipping', 'orders_with_cost', 'cost_of_goods', 'cost_to_serve',
] -%}
select
    '{{ measure }}' as measure,
    segments.{{ measure }} as of_segments,
    ledger.{{ measure }} as of_ledger
from segments
cross join ledger
where coalesce(segments.{{ measure }}, 0) != coalesce(ledger.{{ measure }}, 0)
{{ 'union all' if not loop.last }}
{% endfor %}
