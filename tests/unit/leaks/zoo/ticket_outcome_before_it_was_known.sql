-- The ticket was there; how content the customer would be was not.
-- breaks: later_column_without_its_time
-- moves: yes
select
    snapshots.customer_snapshot_id,
    avg(tickets.satisfaction_score) as tickets_satisfaction_avg_lifetime
from features.snapshots_due as snapshots
left join core.tickets as tickets
    on snapshots.customer_id = tickets.customer_id and tickets.known_at < snapshots.snapshot_at
group by snapshots.customer_snapshot_id
