-- Where the customer lives now.
-- breaks: state_not_as_of, fact_without_its_time
-- moves: yes
select
    snapshots.customer_snapshot_id,
    contacts.country as crm_country
from features.snapshots_due as snapshots
left join core.contacts as contacts
    on snapshots.customer_id = contacts.customer_id and contacts.valid_to = timestamp '9999-12-31'
