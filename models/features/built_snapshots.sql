-- depends_on: {{ ref('customer_features') }}
-- depends_on: {{ ref('contact_attribute_types') }}
select
    snapshot_at,
    fingerprint,
    '{{ definitions_hash() }}' as definitions_hash
from {{ ref('snapshot_fingerprints') }}
