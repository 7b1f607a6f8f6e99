-- Margin and contribution follow from their parts where all are known, and what nothing tells is NULL.
select *
from {{ ref('segment_economics') }}
where
    orders_with_cost = orders and margin != revenue - returns - cost_of_goods
    or contribution != margin + coalesce(shipping, 0) - cost_to_serve
    or orders_with_cost < orders and contribution is not null
    or orders_with_cost = 0 and orders > 0 and (cost_of_goods is not null or margin is not null)
