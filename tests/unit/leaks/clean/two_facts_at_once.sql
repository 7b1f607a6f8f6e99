-- A pair is known when both are, and two kinds of facts may be one list.
with pairs as (
    select
        events.customer_id,
        greatest(events.known_at, identities.valid_from) as known_at
    from core.web_events as events
    inner join identity.customer_identities as identities on events.customer_id = identities.customer_id
),
moments as (
    select customer_id, known_at from pairs
    union all
    select customer_id, known_at from core.tickets
)
select
    snapshots.customer_snapshot_id,
    count(*) filter (where moments.known_at < snapshots.snapshot_at) as channels_count_lifetime
from features.snapshots_due as snapshots
left join moments on snapshots.customer_id = moments.customer_id
group by snapshots.customer_snapshot_id
