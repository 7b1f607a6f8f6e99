-- depends_on: {{ ref('customer_features') }}
-- depends_on: {{ ref('base_feeds__contacts') }}
-- depends_on: {{ ref('contacts') }}
select
    snapshot_at,
    fingerprint,
    '{{ definitions_hash() }}' as definitions_hash
from {{ ref('snapshot_fingerprints') }}
