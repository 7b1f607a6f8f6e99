with

evaluations as (

    select
        model_id,
        task,
        target,
        algorithm,
        segments,
        split,
        -- of a candidate nobody is damped: that is the rule of the reign that may follow
        case when metric = 'monthly_change' then 'monthly_change_undamped' else metric end as metric,
        value,
        low,
        high,
        baseline_name,
        baseline_value,
        skill
    from {{ ref('model_evaluations') }}
    where {{ gate_is_open(ref('gate_scores')) }} and metric is not null

    union all

    select
        model_id,
        'segmentation' as task,
        cast(null as string) as target,
        algorithm,
        segments,
        'all_origins' as split,
        metric,
        value,
        low,
        high,
        baseline_name,
        baseline_value,
        skill
    from {{ ref('segment_reign_evaluations') }}
    where {{ gate_is_open(ref('gate_scores')) }} and metric != 'monthly_change_undamped'

),

champions as (

    select * from {{ ref('champion_models') }}

),

run_context as (

    select * from {{ ref('run_context') }}

),

settled_promises as (

    -- the newest release of a target whose horizon has closed answers for the target
    select
        *,
        row_number() over (partition by target, metric order by snapshot_at desc nulls last) as place
    from {{ ref('published_kept_promises') }}
    where realised_as_of is not null

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
        settled_promises.promised_value,
        settled_promises.realised_value,
        settled_promises.gap,
        run_context.run_id,
        run_context.as_of,
        run_context.run_started_at as scored_at

    from evaluations

    cross join run_context

    left join champions
        on evaluations.model_id = champions.model_id

    left join settled_promises
        on
            evaluations.target = settled_promises.target
            and evaluations.metric = settled_promises.metric
            and evaluations.split = 'all_origins'
            and champions.model_id is not null
            and settled_promises.place = 1

)

select * from scorecards
order by task, target nulls first, algorithm, segments nulls first, split, metric
