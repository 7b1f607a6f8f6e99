-- Another value at each build.
-- breaks: chance
-- moves: yes
select
    snapshots.customer_snapshot_id,
    random() as calendar_noise_max_lifetime
from features.snapshots_due as snapshots
