select
    identifier_id,
    identifier_type,
    is_strong,
    min(known_at) as first_known_at
from {{ ref('set_identifiers') }}
group by identifier_id, identifier_type, is_strong
