-- What is to be predicted is told.
-- breaks: forbidden_relation
-- moves: yes
select
    snapshots.customer_snapshot_id,
    cast(labels.label_churn_30d as integer) as orders_lapsed_count_lifetime
from features.snapshots_due as snapshots
left join features.customer_labels as labels
    on snapshots.customer_snapshot_id = labels.customer_snapshot_id
