with

run_context as (

    select * from {{ ref('run_context') }}

),

propensity_models as (

    select * from {{ ref('propensity_models') }}

),

segment_models as (

    select * from {{ ref('segment_models') }}

),

candidates as (

    select
        'propensity' as task,
        target,
        model_id,
        algorithm,
        cast(null as bigint) as segments
    from propensity_models
    where candidate_in_run_id = (select run_id from run_context)

    union all

    select
        'segmentation' as task,
        cast(null as string) as target,
        model_id,
        algorithm,
        segments
    from segment_models
    where candidate_in_run_id = (select run_id from run_context)

),

evaluations as (

    select
        model_id,
        split,
        metric,
        value,
        low,
        high,
        baseline_name,
        baseline_value,
        skill,
        rows as evaluated_rows,
        cast(null as string) as reason
    from {{ ref('propensity_evaluations') }}

    union all

    select
        model_id,
        'all_origins' as split,
        metric,
        value,
        low,
        high,
        baseline_name,
        baseline_value,
        skill,
        rows as evaluated_rows,
        reason
    from {{ ref('segment_evaluations') }}
    -- a frozen model is measured anew when its customers change; older measurements are history
    where candidate_in_run_id = (select run_id from run_context)

),

candidate_evaluations as (

    select
        candidates.task,
        candidates.target,
        candidates.model_id,
        candidates.algorithm,
        candidates.segments,
        evaluations.split,
        evaluations.metric,
        evaluations.value,
        evaluations.low,
        evaluations.high,
        evaluations.baseline_name,
        evaluations.baseline_value,
        evaluations.skill,
        evaluations.evaluated_rows,
        evaluations.reason

    from candidates

    left join evaluations
        on candidates.model_id = evaluations.model_id

)

select * from candidate_evaluations
