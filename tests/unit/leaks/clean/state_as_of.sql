-- The contact as of the snapshot, and a name that has no time.
select
    snapshots.customer_snapshot_id,
    contacts.country as crm_country,
    extract(month from snapshots.snapshot_at) as calendar_month,
    (select count(*) from core.products) as products_offered_count_lifetime
from features.snapshots_due as snapshots
left join core.contacts as contacts
    on snapshots.customer_id = contacts.customer_id
    and contacts.valid_from < snapshots.snapshot_at and snapshots.snapshot_at <= contacts.valid_to
