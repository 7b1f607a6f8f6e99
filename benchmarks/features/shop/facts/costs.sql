select
    id_of('customer', customer_of(number, 'customer of cost')) as customer_id,
    pick_of(number, 'kind of cost', ['service', 'shipping', 'marketing']) as kind,
    cast(1 + floor(20 * share(number, 'cost')) as decimal(18, 2)) as amount,
    happened_at as incurred_at,
    known_since(number, happened_at) as known_at
from facts(1)
