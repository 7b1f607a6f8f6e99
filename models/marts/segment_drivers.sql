with

drivers as (

    select * from {{ ref('segment_driver_scores') }}
    where {{ gate_is_open(ref('gate_segments')) }}

),

meanings as (

    select * from {{ ref('segment_meanings') }}

),

run_context as (

    select * from {{ ref('run_context') }}

),

segment_drivers as (

    select
        drivers.segment_id,
        meanings.segment_name,
        drivers.rank,
        drivers.feature_name,
        drivers.description,
        drivers.direction,
        drivers.statistic,
        drivers.segment_value,
        drivers.population_value,
        drivers.importance,
        drivers.stability,
        run_context.run_id,
        run_context.as_of,
        run_context.run_started_at as scored_at

    from drivers

    inner join meanings
        on drivers.segment_id = meanings.segment_id

    cross join run_context

)

select * from segment_drivers
order by segment_id, rank
