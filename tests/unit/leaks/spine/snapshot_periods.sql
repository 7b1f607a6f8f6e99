select
    snapshots.snapshot_at,
    periods.period,
    own_periods.period as snapshot_period,
    case when periods.starts_at >= snapshots.snapshot_at - interval '30' day then 30 else 1000000 end as window_days
from (select distinct snapshot_at from features.snapshots_due) as snapshots
inner join features.periods as own_periods on snapshots.snapshot_at = own_periods.starts_at
inner join (
    select 0 as period, timestamp '1970-01-01' as starts_at
    union all
    select period, starts_at from features.periods
) as periods on own_periods.period > periods.period
