with edges as (
    select snapshot_at as starts_at from features.snapshots_due
    union
    select snapshot_at - interval '30' day from features.snapshots_due
)
select
    cast(row_number() over (order by starts_at nulls first) as integer) as period,
    starts_at,
    coalesce(lead(starts_at) over (order by starts_at nulls first), timestamp '9999-12-31') as ends_at
from edges
