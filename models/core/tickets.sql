select
    ticket_id,
    customer_id,
    channel,
    priority,
    status,
    subject_length,
    body_length,
    body_length > 0 as has_body,
    resolved_at is not null as is_resolved,
    satisfaction_score,
    handling_minutes,
    created_at,
    resolved_at,
    known_at,
    outcome_known_at
from {{ ref('stg_feeds__tickets') }}
