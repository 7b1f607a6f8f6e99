select
    id_of('assignment', number) as campaign_assignment_id,
    'campaign-' || pick(number, 'campaign of assignment', 100, 1) as campaign_id,
    id_of('customer', customer_of(number, 'customer of assignment')) as customer_id,
    case when share(number, 'arm') < 0.2 then 'control' else 'treated' end as arm,
    share(number, 'arm') < 0.2 as is_control,
    happened_at as assigned_at,
    known_since(number, happened_at) as known_at
from facts(2)
