{{ config(severity='warn') }}

-- An order is worth what the lines it sold are worth, marked as returned or not, and a refund what its return
-- bookings are; in the currency it was paid in, since each line that is converted is rounded. Only a warning:
-- some shops book shipping or taxes on the order.
with

lines as (

    select
        order_id,
        is_return_booking,
        sum(amount_in_currency) as amount
    from {{ ref('order_lines') }}
    group by order_id, is_return_booking

)

select
    orders.order_id,
    orders.amount_in_currency,
    lines.amount as amount_of_lines
from {{ ref('orders') }} as orders

inner join lines
    on
        orders.order_id = lines.order_id
        and orders.is_refund = lines.is_return_booking

where abs(orders.amount_in_currency - lines.amount) > 0.01
