with

evaluations as (

    select * from {{ ref('model_evaluations') }}
    where {{ gate_is_open(ref('gate_scores')) }} and metric is not null

),

champions as (

    select * from {{ ref('champion_models') }}

),

run_context as (

    select * from {{ ref('run_context') }}

),

scorecards as (

    select
        evaluations.model_id,
        evaluations.task,
        evaluations.target,
        evaluations.algorithm,
        evaluations.segments,
        champions.model_id is not null as is_champion,
        champions.reason as champion_reason,
        evaluations.split,
        evaluations.metric,
        evaluations.value,
        evaluations.low,
        evaluations.high,
        evaluations.baseline_name,
        evaluations.baseline_value,
        evaluations.skill,
        cast(null as double) as promised_value,
        cast(null as double) as realised_value,
        cast(null as double) as gap,
        run_context.run_id,
        run_context.as_of,
        run_context.run_started_at as scored_at

    from evaluations

    cross join run_context

    left join champions
        on evaluations.model_id = champions.model_id

)

select * from scorecards
order by task, target nulls first, algorithm, segments nulls first, split, metric
