{{ config(severity='warn') }}

-- An order is worth what its lines are worth, in the currency it was paid in: each line that is converted is
-- rounded. Only a warning: some shops book shipping or taxes on the order.
with

lines as (

    select
        order_id,
        sum(amount_in_currency) as amount
    from {{ ref('order_lines') }}
    where not is_return
    group by order_id

)

select
    orders.order_id,
    orders.amount_in_currency,
    lines.amount as amount_of_lines
from {{ ref('orders') }} as orders

inner join lines
    on orders.order_id = lines.order_id

where abs(orders.amount_in_currency - lines.amount) > 0.01
