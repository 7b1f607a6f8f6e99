select
    'campaign-' || number as campaign_id,
    'Campaign ' || number as campaign_name,
    ['email', 'sms', 'push'][1 + number % 3] as channel,
    ['repeat purchase', 'reactivate'][1 + number % 2] as objective,
    cast(1000 as decimal(18, 2)) as cost_amount,
    getvariable('starts_at') + to_days(cast(7 * number as integer)) as started_at,
    getvariable('starts_at') + to_days(cast(7 * number + 14 as integer)) as ended_at
from range(100) as numbers(number)
