with

snapshots as (

    select * from {{ ref('snapshots_due') }}

),

treatments as (

    -- what somebody does who was left out of a campaign is no response to it
    select * from {{ ref('campaign_assignments') }}
    where not is_control

),

outcomes as (

    select * from {{ ref('campaign_outcomes') }}

),

campaign_response_windows as (

    -- however often somebody buys or redeems, it is one response, if it comes after they were asked; it
    -- counts in the windows of the treatment, so that a rate compares those who answered with all asked
    select
        snapshots.customer_snapshot_id,
        treatments.campaign_assignment_id,
        min({{ window_bucket('treatments.assigned_at', 'snapshots.snapshot_at') }}) as window_days

    from snapshots

    inner join treatments
        on
            snapshots.customer_id = treatments.customer_id
            and {{ is_known_before('treatments.known_at', 'snapshots.snapshot_at') }}

    inner join outcomes
        on
            treatments.customer_id = outcomes.customer_id
            and treatments.campaign_id = outcomes.campaign_id
            and treatments.assigned_at <= outcomes.occurred_at
            and {{ is_known_before('outcomes.known_at', 'snapshots.snapshot_at') }}

    group by snapshots.customer_snapshot_id, treatments.campaign_assignment_id

)

select * from campaign_response_windows
