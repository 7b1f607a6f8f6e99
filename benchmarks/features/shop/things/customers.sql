-- everybody is known from the first month on, so that every snapshot is as large as it can be
select
    id_of('customer', number) as customer_id,
    getvariable('starts_at') + to_seconds(2592000 * share(number, 'seen')) as first_seen_at,
    false as has_undated_trace,
    getvariable('starts_at') + to_seconds(2592000 * (1 + share(number, 'first order'))) as first_order_at
from range(getvariable('customers')) as numbers(number)
