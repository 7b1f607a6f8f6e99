with

assignments as (

    select * from {{ ref('segment_assignments') }}
    where {{ gate_is_open(ref('gate_segments')) }}

),

meanings as (

    select * from {{ ref('segment_meanings') }}

),

micro_assignments as (

    select * from {{ ref('micro_assignments') }}

),

micro_segments as (

    select * from {{ ref('micro_segments') }}

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
        meanings.segment_name,
        meanings.macro_segment_id,
        meanings.macro_segment_name,
        micro_segments.micro_segment_id,
        micro_segments.micro_segment_name,
        assignments.membership_score,
        assignments.is_between_segments,
        history.previous_segment_id,
        history.entered_at,
        {{ is_holdout('assignments.customer_id') }} as is_holdout,
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

    left join meanings
        on assignments.segment_id = meanings.segment_id

    left join micro_assignments
        on assignments.customer_id = micro_assignments.customer_id

    left join micro_segments
        on micro_assignments.micro_segment_id = micro_segments.micro_segment_id

    cross join run_context

)

select * from customer_segments
order by customer_id
