-- amount = quantity × unit_price − discount_amount, to the cent.
select
    order_line_id,
    amount,
    quantity,
    unit_price,
    discount_amount
from {{ ref('order_lines') }}
where abs(amount - (quantity * unit_price - discount_amount)) > 0.005
