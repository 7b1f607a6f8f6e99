select
    customer_id,
    source,
    min(valid_from) as valid_from
from {{ ref('customer_identifiers') }}
group by customer_id, source
