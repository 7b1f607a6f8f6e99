-- depends_on: {{ ref('customer_features') }}
select
    snapshot_at,
    is_newest,
    definitions_hash,
    fingerprint
from {{ ref('snapshot_fingerprints') }}
