with

history as (

    select * from {{ ref('segment_history') }}
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

run_context as (

    select * from {{ ref('run_context') }}

),

customers as (

    -- who was merged or erased since has no history under the old name
    select customer_id from {{ ref('published_customers') }}

),

customer_segment_history as (

    select
        history.customer_id,
        history.snapshot_at,
        history.segment_id,
        -- a segment that lives is called by one name in every table; one that died, as it last was
        coalesce(meanings.segment_name, history.segment_name) as segment_name,
        meanings.macro_segment_id,
        meanings.macro_segment_name,
        micro_segments.micro_segment_id,
        micro_segments.micro_segment_name,
        history.membership_score,
        history.is_between_segments,
        history.previous_segment_id,
        history.entered_at,
        {{ is_holdout('history.customer_id') }} as is_holdout,
        history.model_id,
        -- the stamps of the release: what earlier builds said is published again with it
        run_context.run_id,
        run_context.as_of,
        run_context.run_started_at as scored_at

    from history

    inner join run_context
        on history.told_in_run_id = run_context.run_id

    inner join customers
        on history.customer_id = customers.customer_id

    left join meanings
        on history.segment_id = meanings.segment_id

    left join micro_assignments
        on
            history.customer_id = micro_assignments.customer_id
            and history.snapshot_at = run_context.as_of

    left join micro_segments
        on micro_assignments.micro_segment_id = micro_segments.micro_segment_id

)

select * from customer_segment_history
order by snapshot_at, customer_id
