select
    rule_segment_id,
    customer_id,
    segment_name,
    valid_from,
    -- an end before its beginning makes an empty interval, not a negative one
    greatest(coalesce(valid_to, timestamp '9999-12-31'), valid_from) as valid_to,
    known_at
from {{ ref('stg_feeds__rule_segments') }}
