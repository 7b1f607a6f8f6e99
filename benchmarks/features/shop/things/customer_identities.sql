-- an e-mail address, a phone number and two browsers of each customer
select
    id_of('customer', customers.number) as customer_id,
    id_of('identifier', customers.number * 4 + identifier) as identifier_id,
    ['email', 'phone', 'anonymous_id', 'anonymous_id'][1 + identifier] as identifier_type,
    identifier < 2 as is_strong,
    getvariable('starts_at') + to_seconds(
        2592000 * share(customers.number, 'seen') + identifier * 15000000 * share(customers.number, 'identified')
    ) as valid_from,
    timestamp '9999-12-31' as valid_to,
    id_of('identifier', customers.number * 4) as linked_to_id,
    getvariable('starts_at') + to_seconds(2592000 * share(customers.number, 'seen')) as linked_at,
    id_of('identifier', customers.number * 4) as edge_id_a,
    id_of('identifier', customers.number * 4 + identifier) as edge_id_b,
    'written together' as link_type,
    ['contacts', 'contacts', 'web_events', 'web_events'][1 + identifier] as source
from range(getvariable('customers')) as customers(number), range(4) as identifiers(identifier)
