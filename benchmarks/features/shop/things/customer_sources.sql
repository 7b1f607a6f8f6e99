select
    id_of('customer', number) as customer_id,
    source,
    getvariable('starts_at') + to_seconds(2592000 * share(number, source)) as valid_from
from
    range(getvariable('customers')) as customers(number),
    unnest(['contacts', 'messages', 'orders', 'web_events']) as sources(source)
