with

member_values as (

    select * from {{ ref('segment_member_values') }}
    where {{ gate_is_open(ref('gate_segments')) }}

),

meanings as (

    select * from {{ ref('segment_meanings') }}

),

run_context as (

    select * from {{ ref('run_context') }}

),

segment_members as (

    select
        member_values.segment_id,
        meanings.segment_name,
        member_values.kind,
        member_values.rank,
        member_values.feature_name,
        member_values.description,
        member_values.value,
        member_values.segment_median,
        member_values.population_median,
        run_context.run_id,
        run_context.as_of,
        run_context.run_started_at as scored_at

    from member_values

    inner join meanings
        on member_values.segment_id = meanings.segment_id

    cross join run_context

)

select * from segment_members
order by segment_id asc, kind desc, rank asc
