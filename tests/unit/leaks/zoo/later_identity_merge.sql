-- An identifier counts before it was known to be this customer's.
-- breaks: fact_without_its_time
-- moves: yes
select
    snapshots.customer_snapshot_id,
    count(identities.identifier_id) as identifiers_count_lifetime
from features.snapshots_due as snapshots
left join identity.customer_identities as identities
    on snapshots.customer_id = identities.customer_id
group by snapshots.customer_snapshot_id
