select
    campaign_id,
    customer_id,
    outcome,
    outcome_value,
    occurred_at,
    known_at
from {{ ref('stg_feeds__campaign_outcomes') }}
