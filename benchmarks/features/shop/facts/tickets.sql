with tickets as (
    select
        number,
        happened_at,
        known_since(number, happened_at) as known_at,
        share(number, 'resolved') < 0.9 as is_resolved,
        happened_at + to_seconds(600000 * share(number, 'resolution')) as resolved_at
    from facts(0.2)
)
select
    id_of('ticket', number) as ticket_id,
    id_of('customer', customer_of(number, 'customer of ticket')) as customer_id,
    pick_of(number, 'ticket channel', ['email', 'phone', 'chat']) as channel,
    pick_of(number, 'priority', ['low', 'normal', 'high']) as priority,
    case when is_resolved then 'solved' else 'open' end as status,
    10 + pick(number, 'subject', 50, 1) as subject_length,
    100 + pick(number, 'body', 900, 1) as body_length,
    true as has_body,
    is_resolved,
    case when is_resolved then 1.0 + pick(number, 'satisfaction', 5, 1) end as satisfaction_score,
    case when is_resolved then 5.0 + 60 * share(number, 'handling') end as handling_minutes,
    happened_at as created_at,
    case when is_resolved then resolved_at end as resolved_at,
    known_at,
    case when is_resolved then greatest(known_at, resolved_at) end as outcome_known_at
from tickets
