-- A word becomes the mean of what everybody did, ever.
-- breaks: aggregate_over_everyone, fact_without_its_time, state_not_as_of
-- moves: yes
with encoded as (
    select contacts.country, avg(orders.amount) as mean_amount
    from core.contacts as contacts
    inner join core.order_versions as orders on contacts.customer_id = orders.customer_id
    group by contacts.country
)
select
    snapshots.customer_snapshot_id,
    encoded.mean_amount as crm_country_amount_avg_lifetime
from features.snapshots_due as snapshots
left join core.contacts as contacts
    on snapshots.customer_id = contacts.customer_id
    and contacts.valid_from < snapshots.snapshot_at and snapshots.snapshot_at <= contacts.valid_to
left join encoded on contacts.country is not distinct from encoded.country
