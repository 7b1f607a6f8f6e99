with

evidence as (

    select * from {{ ref('all_gate_results') }}
    where {{ gate_is_open(ref('gate_segments')) }}

),

run_context as (

    select * from {{ ref('run_context') }}

),

of_this_run as (

    select
        evidence.gate,
        evidence.relation,
        evidence.expectation,
        evidence.expectation_id,
        evidence.column_name,
        evidence.severity,
        evidence.has_passed,
        evidence.observed_value,
        evidence.expected,
        evidence.unexpected_count,
        evidence.description,
        run_context.run_id,
        run_context.as_of,
        run_context.run_started_at as scored_at

    from evidence

    inner join run_context
        on evidence.run_id = run_context.run_id

)

select * from of_this_run
