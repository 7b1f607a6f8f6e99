with

told as (

    select * from {{ ref('segment_contract_clauses') }}
    where {{ gate_is_open(ref('gate_segments')) }}

),

run_context as (

    select * from {{ ref('run_context') }}

),

segment_contracts as (

    select
        told.segment_id,
        told.clause,
        told.value,
        told.bound,
        told.is_kept,
        told.severity,
        told.owner,
        told.valid_from,
        told.valid_to,
        told.reason,
        -- the stamps of the telling itself: a stale row cannot pass for today's
        told.run_id,
        run_context.as_of,
        told.scored_at

    from told

    cross join run_context

)

select * from segment_contracts
order by clause, severity, segment_id nulls first
