-- What was missing is filled with what came after.
-- breaks: window_over_unknown_rows
-- moves: yes
with filled as (
    select
        customer_id,
        coalesce(country, lead(country) over (partition by customer_id order by valid_from nulls first)) as country,
        valid_from,
        valid_to
    from core.contacts
)
select
    snapshots.customer_snapshot_id,
    filled.country as crm_country
from features.snapshots_due as snapshots
left join filled
    on snapshots.customer_id = filled.customer_id
    and filled.valid_from < snapshots.snapshot_at and snapshots.snapshot_at <= filled.valid_to
