-- Columns that are written later, guarded in three ways.
select
    snapshots.customer_snapshot_id,
    count(tickets.ticket_id) as tickets_count_lifetime,
    avg(tickets.satisfaction_score) filter (where tickets.outcome_known_at < snapshots.snapshot_at)
        as tickets_satisfaction_avg_lifetime,
    max(case when tickets.outcome_known_at < snapshots.snapshot_at then tickets.satisfaction_score end)
        as tickets_satisfaction_max_lifetime,
    count(tickets.ticket_id) filter (
        where not (tickets.is_resolved and tickets.outcome_known_at < snapshots.snapshot_at)
    ) as tickets_open_count_lifetime
from features.snapshots_due as snapshots
left join core.tickets as tickets
    on snapshots.customer_id = tickets.customer_id and tickets.known_at < snapshots.snapshot_at
group by snapshots.customer_snapshot_id
