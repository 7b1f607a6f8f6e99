select
    campaign_id,
    campaign_name,
    channel,
    objective,
    cost_amount,
    started_at,
    ended_at
from {{ ref('stg_feeds__campaigns') }}
order by campaign_id
