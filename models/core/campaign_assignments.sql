select
    campaign_assignment_id,
    campaign_id,
    customer_id,
    arm,
    is_control,
    assigned_at,
    known_at
from {{ ref('stg_feeds__campaign_assignments') }}
