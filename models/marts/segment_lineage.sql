with

successions as (

    select * from {{ ref('segment_successions') }}
    where {{ gate_is_open(ref('gate_segments')) }}

),

run_context as (

    select * from {{ ref('run_context') }}

),

segment_lineage as (

    select
        successions.reigns_from,
        successions.model_id,
        successions.previous_model_id,
        successions.event,
        successions.from_segment_id,
        successions.from_segment_name,
        successions.to_segment_id,
        successions.to_segment_name,
        successions.customers,
        successions.share,
        run_context.run_id,
        run_context.as_of,
        run_context.run_started_at as scored_at

    from successions

    inner join run_context
        on successions.told_in_run_id = run_context.run_id

)

select * from segment_lineage
order by reigns_from, model_id, event, from_segment_id nulls first, to_segment_id nulls first
