with

assignments as (

    select * from {{ ref('segment_assignments') }}
    where {{ gate_is_open(ref('gate_segments')) }}

),

history as (

    select * from {{ ref('segment_history') }}

),

run_context as (

    select * from {{ ref('run_context') }}

),

customer_segments as (

    select
        assignments.customer_id,
        assignments.snapshot_at,
        assignments.segment_id,
        assignments.segment_name,
        cast(null as string) as macro_segment_id,
        cast(null as string) as macro_segment_name,
        cast(null as string) as micro_segment_id,
        cast(null as string) as micro_segment_name,
        assignments.membership_score,
        assignments.is_between_segments,
        history.previous_segment_id,
        history.entered_at,
        {{ hash_share("assignments.customer_id || ':holdout'") }}
        < {{ validated_share_var('holdout_share') }} as is_holdout,
        assignments.model_id,
        -- the stamps of the scoring itself: a stale score cannot pass for today's
        assignments.run_id,
        run_context.as_of,
        assignments.scored_at

    from assignments

    inner join history
        on
            assignments.customer_id = history.customer_id
            and assignments.snapshot_at = history.snapshot_at
            and assignments.run_id = history.told_in_run_id

    cross join run_context

)

select * from customer_segments
order by customer_id
