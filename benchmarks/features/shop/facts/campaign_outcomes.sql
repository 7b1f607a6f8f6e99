select
    'campaign-' || pick(number, 'campaign of outcome', 100, 1) as campaign_id,
    id_of('customer', customer_of(number, 'customer of outcome')) as customer_id,
    pick_of(number, 'outcome', ['ordered', 'visited']) as outcome,
    1.0 as outcome_value,
    happened_at as occurred_at,
    known_since(number, happened_at) as known_at
from facts(0.4)
