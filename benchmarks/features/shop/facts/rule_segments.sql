select
    id_of('rule segment', number) as rule_segment_id,
    id_of('customer', customer_of(number, 'customer of rule segment')) as customer_id,
    pick_of(number, 'segment', ['gold', 'silver', 'bronze']) as segment_name,
    happened_at as valid_from,
    timestamp '9999-12-31' as valid_to,
    known_since(number, happened_at) as known_at
from facts(1)
