-- How often customers need help, and how they liked it. "Satisfied" is 4 or 5 on a scale of 5, the
-- way such shares are published; on another scale it is unknown.
select
    100 * nullif(count(distinct ticket_id), 0) / nullif((select count(*) from purchases), 0)
        as tickets_per_100_orders,
    avg(satisfaction_score) as satisfaction_mean,
    case
        when max(satisfaction_score) <= 5
            then avg((satisfaction_score >= 4)::int) filter (where satisfaction_score is not null)
    end as satisfied_share

from feed_tickets
