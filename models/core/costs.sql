select
    customer_id,
    kind,
    amount,
    incurred_at,
    known_at
from {{ ref('stg_feeds__costs') }}
