select
    message_event_id,
    customer_id,
    campaign_id,
    channel,
    message_event,
    occurred_at,
    known_at
from {{ ref('stg_feeds__messages') }}
