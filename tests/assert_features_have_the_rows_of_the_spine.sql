-- A family that loses a customer would silently shrink every segment; one that repeats a customer
-- would fan out.
select
    customer_snapshots.customer_snapshot_id as of_the_spine,
    customer_features.customer_snapshot_id as of_the_features
from {{ ref('customer_snapshots') }} as customer_snapshots

full outer join {{ ref('customer_features') }} as customer_features
    on customer_snapshots.customer_snapshot_id = customer_features.customer_snapshot_id

where
    customer_snapshots.customer_snapshot_id is null
    or customer_features.customer_snapshot_id is null
