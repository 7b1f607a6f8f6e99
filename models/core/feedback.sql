select
    feedback_id,
    customer_id,
    product_id,
    kind,
    rating,
    text_length,
    text_length > 0 as has_text,
    created_at,
    known_at
from {{ ref('stg_feeds__feedback') }}
