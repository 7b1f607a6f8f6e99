with

assignments as (

    select * from {{ ref('segment_assignments') }}
    where {{ gate_is_open(ref('gate_segments')) }}

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
        cast(null as string) as previous_segment_id,
        cast(null as timestamp) as entered_at,
        {{ hash_share("assignments.customer_id || ':holdout'") }}
        < {{ validated_share_var('holdout_share') }} as is_holdout,
        assignments.model_id,
        -- the stamps of the scoring itself: a stale score cannot pass for today's
        assignments.run_id,
        run_context.as_of,
        assignments.scored_at

    from assignments

    cross join run_context

)

select * from customer_segments
order by customer_id
